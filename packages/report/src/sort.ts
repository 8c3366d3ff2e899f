/**
 * The script of a table that a person sorts by its headings and filters by words. Without scripts the table stands as it was made.
 * Cells with a number have it as `data-value`, empty where there is none: that comes last either way.
 */
export const sortScript = `
for (const table of document.querySelectorAll('table[data-sortable]')) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const headings = [...table.tHead.rows[0].cells];
  const valueOf = (row, column) => {
    const { dataset, textContent } = row.cells[column];
    if (dataset.value === undefined) return textContent;
    return dataset.value === '' ? null : Number(dataset.value);
  };
  headings.forEach((heading, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...heading.childNodes);
    heading.append(button);
    button.onclick = () => {
      const sign = heading.getAttribute('aria-sort') === 'descending' ? 1 : -1;
      for (const each of headings) each.removeAttribute('aria-sort');
      heading.setAttribute('aria-sort', sign > 0 ? 'ascending' : 'descending');
      const keyed = rows.map((row) => [valueOf(row, column), row]);
      keyed.sort(([a], [b]) => {
        if (a === null || b === null) return (a === null) - (b === null);
        return sign * (typeof a === 'number' ? a - b : a.localeCompare(b));
      });
      body.append(...keyed.map(([, row]) => row));
    };
  });
  const line = document.createElement('p');
  line.className = 'filter';
  const input = document.createElement('input');
  input.type = 'search';
  input.placeholder = 'hva layers 4';
  const label = document.createElement('label');
  label.append('Only rows with these words: ', input);
  const count = document.createElement('span');
  count.setAttribute('role', 'status');
  line.append(label, count);
  input.oninput = () => {
    const words = input.value.toLowerCase().split(/\\s+/).filter((word) => word !== '');
    let shown = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
      if (!row.hidden) shown++;
    }
    count.textContent = words.length === 0 ? '' : shown + ' of ' + rows.length;
  };
  table.parentElement.before(line);
}
`;

/** SHA-256 of the script, in base 64: the page's policy allows it. */
export const sortScriptHash = 'A2WCg/Di/xWZX7fA6ohjNzQT+yA8T7A0/L2FLmexvUc=';
