'use strict';

// Pages are complete without this file: it only sorts, filters and copies.
const element = (name, properties) => Object.assign(document.createElement(name), properties);

const keyOf = (cell) => {
  const text = cell.textContent.trim();
  const number = /^<?[\d,.]+%?$/.test(text) ? Number(text.replace(/[<,%]/g, '')) : NaN;
  return Number.isNaN(number) ? text.toLowerCase() : number;
};

function compare(a, b) {
  if (typeof a !== typeof b) return typeof a === 'number' ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}

function sortBy(table, index, header) {
  const body = table.tBodies[0];
  const numeric = /number|share|time/.test(header.className);
  const current = header.getAttribute('aria-sort');
  const descending = current === null ? numeric : current === 'ascending';
  for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
  header.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
  const keyed = Array.from(body.rows, (row) => ({ row, key: keyOf(row.cells[index]) }));
  keyed.sort((a, b) => (descending ? compare(b.key, a.key) : compare(a.key, b.key)));
  body.append(...keyed.map(({ row }) => row));
}

for (const table of document.querySelectorAll('table')) {
  if (table.tBodies[0].rows.length < 2) continue;
  Array.from(table.tHead.rows[0].cells).forEach((header, index) => {
    const button = element('button', { type: 'button' });
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener('click', () => sortBy(table, index, header));
  });
}

for (const table of document.querySelectorAll('table[data-filter]')) {
  const rows = Array.from(table.tBodies[0].rows, (row) => ({ row, text: row.textContent.toLowerCase() }));
  const label = element('label', { className: 'filter', textContent: 'Filter ' });
  const input = element('input', { type: 'search' });
  const shown = element('span', { textContent: `${rows.length} rows` });
  shown.setAttribute('role', 'status');
  label.append(input);
  const bar = element('div', { className: 'filter' });
  bar.append(label, shown);
  table.closest('.scroll').before(bar);
  input.addEventListener('input', () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { row, text } of rows) {
      row.hidden = !words.every((word) => text.includes(word));
      if (!row.hidden) count += 1;
    }
    shown.textContent = count === rows.length ? `${count} rows` : `${count} of ${rows.length} rows`;
  });
}

function select(node) {
  const range = document.createRange();
  range.selectNodeContents(node);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}

for (const pre of document.querySelectorAll('pre[data-copy]')) {
  const button = element('button', { type: 'button', className: 'tool', textContent: 'Copy' });
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(pre.textContent);
      button.textContent = 'Copied';
    } catch {
      // Some browsers keep the clipboard from pages opened as files.
      select(pre);
      button.textContent = 'Selected: press Ctrl+C';
    }
  });
  pre.before(button);
}
