/** What differs from the report as it was written. */
export interface Finding {
  readonly kind:
    | 'changed'
    | 'missing'
    | 'extra'
    | 'no file'
    | 'not readable'
    | 'not listed'
    /** manifest.json or json/report.json does not have the shape that its schema describes. */
    | 'invalid'
    /** Two files of the report contradict each other. */
    | 'contradicts'
    | 'other version';
  /** Relative to the report. */
  readonly path: string;
  readonly detail?: string;
}
