// The pictures of recordings, which are elsewhere: nothing is asked for there until a reader wants it.

/** Puts its picture into each tile that has one. */
function showPictures() {
  for (const place of document.querySelectorAll('[data-picture]')) {
    const picture = new Image(320, 180);
    picture.alt = '';
    picture.referrerPolicy = 'no-referrer';
    picture.onerror = () => picture.remove();
    picture.src = place.dataset.picture;
    place.append(picture);
  }
}

const wanted = document.getElementById('pictures');
wanted?.addEventListener('click', () => {
  showPictures();
  wanted.hidden = true;
  document.querySelector('.tile')?.focus();
});
