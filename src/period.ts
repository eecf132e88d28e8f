/** A half-open span of time [start, end), both ISO 8601 UTC with seconds (`2026-07-01T00:00:00Z`). */
export interface Period {
  readonly start: string;
  readonly end: string;
}
