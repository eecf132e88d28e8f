/**
 * Converts the dates of one column to YYYY-MM-DD if they are unambiguous: spreadsheets use local formats. Whether
 * 5/4 is in April or May follows from another date of the column with a day above 12. Otherwise dates stay as
 * written.
 */
export function readDates(texts: readonly string[]): string[] {
  const pairs = texts.map((text) => /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})\b/.exec(text));
  const dayFirst = pairs.some((pair) => pair !== null && (pair[2] === '.' || Number(pair[1]) > 12));
  const monthFirst = pairs.some((pair) => pair !== null && pair[2] !== '.' && Number(pair[3]) > 12);
  return texts.map((text, i) => {
    const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b/.exec(text);
    if (iso !== null) return dateOf(iso[1], iso[2], iso[3]) ?? text;
    // Days since 1899-12-30: a date in a cell with number format.
    if (/^[34]\d{4}$|^5[0-4]\d{3}$/.test(text))
      return new Date(Date.UTC(1899, 11, 30 + Number(text))).toISOString().slice(0, 10);
    const pair = pairs[i];
    if (pair === null || pair === undefined || dayFirst === monthFirst) return text;
    const [, first, , second, year = ''] = pair;
    const fullYear = year.length === 2 ? `20${year}` : year;
    return (dayFirst ? dateOf(fullYear, second, first) : dateOf(fullYear, first, second)) ?? text;
  });
}

function dateOf(year = '', month = '', day = ''): string | undefined {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : undefined;
}
