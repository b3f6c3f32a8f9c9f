//! None, one or a few values of a kind.

use std::fmt;
use std::ops::Deref;

/// None, one or several values in order, of which a single one takes no room but its own: most
/// meetings leave one recording.
///
/// It is read as a slice.
#[derive(Clone)]
pub struct Few<T>(Kept<T>);

#[derive(Clone)]
enum Kept<T> {
    One(T),
    /// Boxed twice so that it is no larger than one value; none where there are no values.
    Other(Option<Box<Box<[T]>>>),
}

impl<T> Few<T> {
    /// That one value.
    pub fn one(value: T) -> Few<T> {
        Few(Kept::One(value))
    }

    /// The values.
    pub fn as_slice(&self) -> &[T] {
        match &self.0 {
            Kept::One(value) => std::slice::from_ref(value),
            Kept::Other(values) => values.as_ref().map_or(&[], |values| values),
        }
    }

    /// Adds a value after the others.
    pub fn push(&mut self, value: T) {
        let mut all = std::mem::take(self).into_vec();
        all.push(value);
        *self = all.into();
    }

    fn into_vec(self) -> Vec<T> {
        match self.0 {
            Kept::One(value) => vec![value],
            Kept::Other(values) => values.map_or_else(Vec::new, |values| values.into_vec()),
        }
    }

    /// What each value gives, or none where one gives none.
    pub(crate) fn try_map<U>(self, mut of: impl FnMut(T) -> Option<U>) -> Option<Few<U>> {
        match self.0 {
            Kept::One(value) => of(value).map(Few::one),
            Kept::Other(None) => Some(Few::default()),
            Kept::Other(Some(values)) => values.into_vec().into_iter().map(of).collect(),
        }
    }
}

impl<T> Default for Few<T> {
    fn default() -> Few<T> {
        Few(Kept::Other(None))
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.as_slice()
    }
}

impl<T> From<Vec<T>> for Few<T> {
    fn from(mut values: Vec<T>) -> Few<T> {
        match (values.len(), values.pop()) {
            (1, Some(value)) => Few::one(value),
            (_, Some(last)) => {
                values.push(last);
                Few(Kept::Other(Some(Box::new(values.into_boxed_slice()))))
            }
            (_, None) => Few::default(),
        }
    }
}

impl<T> FromIterator<T> for Few<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Few<T> {
        Vec::from_iter(values).into()
    }
}

impl<'a, T> IntoIterator for &'a Few<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Two are equal whose values are, whichever way they came there.
impl<T: PartialEq> PartialEq for Few<T> {
    fn eq(&self, other: &Few<T>) -> bool {
        self.as_slice() == other.as_slice()
    }
}

impl<T: fmt::Debug> fmt::Debug for Few<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Link;
    use proptest::prelude::*;

    #[test]
    fn one_link_takes_no_more_room_in_it_than_by_itself() {
        assert_eq!(size_of::<Few<Link>>(), size_of::<Link>());
    }

    proptest! {
        #[test]
        fn it_holds_what_is_put_into_it(values in prop::collection::vec(any::<u8>(), 0..5)) {
            let few: Few<u8> = values.iter().copied().collect();
            let mut pushed = Few::default();
            values.iter().for_each(|value| pushed.push(*value));
            prop_assert_eq!(few.as_slice(), values.as_slice());
            prop_assert_eq!(&few, &pushed);
            let doubled = few.try_map(|value| Some(u16::from(value) * 2)).unwrap();
            let wanted: Vec<u16> = values.iter().map(|value| u16::from(*value) * 2).collect();
            prop_assert_eq!(doubled.as_slice(), wanted.as_slice());
        }
    }
}
