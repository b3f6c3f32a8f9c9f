//! What is special about a slot's dates.

use super::{Exception, Local, Record};

/// The exceptions of a slot by their recurrence-ids, in order.
///
/// One after the other in memory: of five years of records, each takes only its own room.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Exceptions(Vec<(Local, Exception)>);

impl Exceptions {
    /// The exception of that recurrence-id.
    pub fn get(&self, id: &Local) -> Option<&Exception> {
        let index = self.place(id).ok()?;
        self.0.get(index).map(|(_, exception)| exception)
    }

    /// Whether that recurrence-id has one.
    pub fn contains_key(&self, id: &Local) -> bool {
        self.place(id).is_ok()
    }

    /// The exception of that recurrence-id, at first one that changes nothing.
    ///
    /// Costs most where many later ones are there already.
    pub fn get_or_default(&mut self, id: Local) -> &mut Exception {
        let (index, exception) = match self.place(&id) {
            Ok(index) => (index, self.0.remove(index).1),
            Err(index) => (index, Exception::default()),
        };
        &mut self.0.insert_mut(index, (id, exception)).1
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each with its recurrence-id, in order.
    pub fn iter(
        &self,
    ) -> impl DoubleEndedIterator<Item = (&Local, &Exception)> + ExactSizeIterator {
        self.0.iter().map(|(id, exception)| (id, exception))
    }

    /// The recurrence-ids, in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &Local> + ExactSizeIterator {
        self.0.iter().map(|(id, _)| id)
    }

    /// The exceptions, in order of their recurrence-ids.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &Exception> + ExactSizeIterator {
        self.0.iter().map(|(_, exception)| exception)
    }

    /// With these records, each of which is the only one of its meeting; they are in order.
    pub(crate) fn with_records(self, records: Vec<(Local, Record)>) -> Exceptions {
        let mut all = Vec::with_capacity(self.len() + records.len());
        let mut own = self.0.into_iter().peekable();
        for (id, record) in records {
            all.extend(std::iter::from_fn(|| own.next_if(|(other, _)| *other < id)));
            let (_, exception) =
                own.next_if(|(other, _)| *other == id).unwrap_or((id, Exception::default()));
            all.push((id, Exception { record: Some(record), ..exception }));
        }
        all.extend(own);
        all.shrink_to_fit();
        Exceptions(all)
    }

    fn place(&self, id: &Local) -> Result<usize, usize> {
        self.0.binary_search_by(|(other, _)| other.cmp(id))
    }
}

impl FromIterator<(Local, Exception)> for Exceptions {
    /// Of two of one recurrence-id the first counts.
    fn from_iter<I: IntoIterator<Item = (Local, Exception)>>(all: I) -> Exceptions {
        let mut all = Vec::from_iter(all);
        all.sort_by_key(|(id, _)| *id);
        all.dedup_by_key(|(id, _)| *id);
        all.shrink_to_fit();
        Exceptions(all)
    }
}

impl IntoIterator for Exceptions {
    type Item = (Local, Exception);
    type IntoIter = std::vec::IntoIter<(Local, Exception)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
