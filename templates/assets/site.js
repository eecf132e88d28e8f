'use strict';

// Pages are complete without this file: it only sorts, filters, copies and searches.
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
  const total = rows.length === 1 ? '1 row' : `${rows.length} rows`;
  const shown = element('span', { textContent: total });
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
    shown.textContent = count === rows.length ? total : `${count} of ${total}`;
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

// Search over all principals: the index is in small scripts, as a page opened from a disk may load scripts but no data.
const MOST_FILES = 6;
const MOST_RESULTS = 30;
const root = new URL('../', document.currentScript.src).href;
const shards = new Map();
let directory;
globalThis.cloudtracker = {
  directory: (value) => (directory = value),
  shard: (name, rows) => shards.set(name, rows),
};

const loading = new Map();
function load(name) {
  if (!loading.has(name))
    loading.set(
      name,
      new Promise((resolve, reject) => {
        const tag = element('script', { src: `${root}search/${name}.js`, onload: resolve, onerror: reject });
        document.head.append(tag);
      }),
    );
  return loading.get(name);
}

/** Files that may hold keys beginning with a word: keys are sorted, and the directory has the first of each file. */
function filesOf(word) {
  const keys = directory.shards;
  let from = 0;
  while (from + 1 < keys.length && keys[from + 1][0] < word) from += 1;
  let to = from;
  while (to + 1 < keys.length && (keys[to + 1][0] < word || keys[to + 1][0].startsWith(word))) to += 1;
  return keys.slice(from, to + 1).map(([, file]) => file);
}

const accountOf = (number) => directory.accounts[number] ?? ['', ''];
const textOf = ([, name, role, account, id]) =>
  `${name} ${role ? 'role' : 'user'} ${accountOf(account).join(' ')} ${id}`.toLowerCase();

/** Principals of whom one word begins a word of the name or the id, and who have all others. */
async function find(query) {
  await load('directory');
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const byWord = words
    .map((word) => ({ word, files: filesOf(word) }))
    .sort((a, b) => a.files.length - b.files.length);
  for (const { word, files } of byWord) {
    const read = files.slice(0, MOST_FILES);
    await Promise.all(read.map(load));
    const found = new Map();
    for (const row of read.flatMap((file) => shards.get(file) ?? []))
      if (row[0].startsWith(word) && words.every((other) => textOf(row).includes(other)))
        found.set(row.slice(2).join('/'), row);
    if (found.size > 0) return { rows: [...found.values()], whole: read.length === files.length };
  }
  return { rows: [], whole: true };
}

function resultOf(row) {
  const [, name, role, account, id] = row;
  const [accountId, accountName] = accountOf(account);
  const link = element('a', {
    href: `${root}accounts/${accountId}/${role ? 'roles' : 'users'}/${id}.html`,
  });
  link.append(
    element('bdi', { textContent: name }),
    element('small', { textContent: `${role ? 'role' : 'user'} in ${accountName}` }),
  );
  const item = element('li');
  item.append(link);
  return item;
}

function addSearch(place) {
  const box = element('div', { className: 'find' });
  box.setAttribute('role', 'search');
  const input = element('input', {
    type: 'search',
    placeholder: 'Find a user or role',
    autocomplete: 'off',
    spellcheck: false,
  });
  input.setAttribute('aria-label', 'Find a user or role');
  input.setAttribute('aria-keyshortcuts', '/');
  const found = element('div', { className: 'found', hidden: true });
  const status = element('p');
  status.setAttribute('role', 'status');
  const list = element('ul');
  found.append(status, list);
  box.append(input, found);
  place.before(box);
  let latest = 0;
  async function show() {
    const query = input.value.trim();
    latest += 1;
    const mine = latest;
    found.hidden = query === '';
    if (query === '') return;
    try {
      const { rows, whole } = await find(query);
      if (mine !== latest) return;
      list.replaceChildren(...rows.slice(0, MOST_RESULTS).map(resultOf));
      const all = whole && rows.length <= MOST_RESULTS;
      status.textContent = all ? `${rows.length} found` : `First ${Math.min(rows.length, MOST_RESULTS)} results. Type more to narrow the list.`;
    } catch {
      status.textContent = 'The search index could not be loaded.';
    }
  }
  input.addEventListener('input', show);
  input.addEventListener('focus', show);
  box.addEventListener('keydown', (event) => {
    const stops = [input, ...list.querySelectorAll('a')];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') {
      found.hidden = true;
      input.focus();
      found.hidden = true;
    } else if (step !== undefined) {
      event.preventDefault();
      const next = stops.indexOf(document.activeElement) + step;
      stops[Math.max(0, Math.min(stops.length - 1, next))].focus();
    } else if (event.key === 'Enter' && document.activeElement === input && stops.length > 1) {
      stops[1].click();
    }
  });
  document.addEventListener('click', (event) => {
    if (!box.contains(event.target)) found.hidden = true;
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.target.closest?.('input, textarea')) return;
    event.preventDefault();
    input.focus();
  });
}

const period = document.querySelector('.top .period');
if (period !== null) addSearch(period);
