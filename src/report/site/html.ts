import { valueAt } from '../../base/checked.js';
import Handlebars from 'handlebars';

export const escape: (text: string) => string = Handlebars.escapeExpression;

const PLAIN = /^[\x20-\x7e]*$/;
/** Escaped text with isolated direction: right-to-left marks in a name must not affect what follows. */
export const isolate = (text: string): string =>
  PLAIN.test(text) ? escape(text) : `<bdi>${escape(text)}</bdi>`;

/** For ARNs: a long line breaks after a slash. */
export const isolatePath = (text: string): string =>
  PLAIN.test(text) ? escape(text).replaceAll('/', '/<wbr>') : isolate(text);

/** Sign of each status, because color alone is not accessible. */
export const MARKS: ReadonlyMap<string, string> = new Map([
  ['used', '✓'],
  ['unused', '−'],
  ['unknown', '?'],
  ['ungranted', '+'],
]);
/** `✓ 12 used`, in the color of the status. */
export const markHtml = (status: string, text: string): string =>
  `<span class="mark ${status}">${valueAt(MARKS, status)} ${escape(text)}</span>`;

/** Width of a bar of 100 units; at least 1 for a positive value. */
export const barWidth = (part: number, whole: number): number =>
  whole <= 0 || part <= 0 ? 0 : Math.max(1, Math.round((100 * part) / whole));

/** A bar of used within granted; the number stands beside it. */
export const barHtml = (part: number, whole: number): string =>
  `<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><path d="M0 0h${barWidth(part, whole)}v10H0z"/></svg>`;

/** For element content: quotes need no escape there, and policies have many. */
export const escapeText = (text: string): string =>
  text.replace(/[&<>]/g, (c) => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : '&gt;'));
