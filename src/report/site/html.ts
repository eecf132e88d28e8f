import Handlebars from 'handlebars';

export const escape: (text: string) => string = Handlebars.escapeExpression;

const PLAIN = /^[\x20-\x7e]*$/;
/** Escaped text that keeps its direction to itself: right-to-left marks in a name must not turn what follows. */
export const isolate = (text: string): string =>
  PLAIN.test(text) ? escape(text) : `<bdi>${escape(text)}</bdi>`;

/** For ARNs: a line that is too long breaks after a slash. */
export const isolatePath = (text: string): string =>
  PLAIN.test(text) ? escape(text).replaceAll('/', '/<wbr>') : isolate(text);

/** The sign of each status; colour alone would not do. */
export const MARKS: Readonly<Record<string, string>> = {
  used: '✓',
  unused: '−',
  unknown: '?',
  ungranted: '+',
};
/** `✓ 12 used`, in the status's colour. */
export const markHtml = (status: string, text: string): string =>
  `<span class="mark ${status}">${MARKS[status] ?? ''} ${escape(text)}</span>`;

/** Width of a bar of 100 units; something is never drawn as nothing. */
export const barWidth = (part: number, whole: number): number =>
  whole <= 0 || part <= 0 ? 0 : Math.max(1, Math.round((100 * part) / whole));

/** A bar of used within granted; the number is beside it. */
export const barHtml = (part: number, whole: number): string =>
  `<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><path d="M0 0h${barWidth(part, whole)}v10H0z"/></svg>`;

/** For what stands in an element: quotes need no escape there, and policies are full of them. */
export const escapeText = (text: string): string =>
  text.replace(/[&<>]/g, (c) => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : '&gt;'));
