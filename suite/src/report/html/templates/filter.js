'use strict';
(() => {
  const panel = document.getElementById('filter');
  const verdict = document.getElementById('filter-verdict');
  const group = document.getElementById('filter-group');
  const text = document.getElementById('filter-text');
  const shown = document.getElementById('filter-shown');
  const rows = Array.from(document.querySelectorAll('#purpose-table tbody tr'));
  const texts = rows.map((row) => row.textContent.toLowerCase());

  const apply = () => {
    const words = text.value.toLowerCase().split(/\s+/);
    let number = 0;
    rows.forEach((row, index) => {
      const fits = (!verdict.value || row.dataset.standing === verdict.value)
        && (!group.value || row.dataset.group === group.value)
        && words.every((word) => texts[index].includes(word));
      row.classList.toggle('filtered', !fits);
      number += fits ? 1 : 0;
    });
    shown.value = number + ' of ' + rows.length + ' shown';
  };

  const reset = () => {
    verdict.value = '';
    group.value = '';
    text.value = '';
    apply();
  };

  verdict.addEventListener('change', apply);
  group.addEventListener('change', apply);
  text.addEventListener('input', apply);
  document.getElementById('filter-reset').addEventListener('click', reset);

  // A link into the table has to find its row.
  window.addEventListener('hashchange', () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.classList.contains('filtered')) {
      reset();
      target.scrollIntoView();
    }
  });

  // Paper cannot be unfolded.
  let unfolded = [];
  window.addEventListener('beforeprint', () => {
    unfolded = Array.from(document.querySelectorAll('details:not(.bulk):not([open])'));
    unfolded.forEach((details) => { details.open = true; });
  });
  window.addEventListener('afterprint', () => {
    unfolded.forEach((details) => { details.open = false; });
  });

  // A reload keeps what was typed.
  apply();
  panel.hidden = false;
})();
