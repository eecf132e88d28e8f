/** A difference from the report as written. */
export interface Finding {
  readonly kind:
    | 'changed'
    | 'missing'
    | 'extra'
    | 'no file'
    | 'not readable'
    | 'not listed'
    /** manifest.json or json/report.json does not match its schema. */
    | 'invalid'
    /** Two files of the report contradict each other. */
    | 'contradicts'
    | 'other version';
  /** Relative to the report. */
  readonly path: string;
  readonly detail?: string;
}
