import type { z } from 'zod';

/*
 * This folder has the *records*: the content of the JSON files of a report, sentences included. Each is written once, as a zod shape with
 * descriptions. Types are inferred from it; schema/*.json and docs/outputs-json.md are generated; tests make samples of it
 * (test/support/sample.ts).
 *
 * A *review* (src/review/types.ts) is what a run knows of a principal while it works: facts and codes, and functions for what is too
 * long to keep. Its types are those of the record wherever both say the same, and `Omit` and extension wherever they do not.
 * src/report/json/records.ts makes records from reviews.
 *
 * Shapes are for types, schemas and tests. A run does not parse with them what it has computed itself: there may be 100,000
 * principals. `verify` parses the two files there is one of, manifest.json and json/report.json.
 */

/** What a shape describes, as values that nobody changes. */
export type RecordOf<Shape extends z.ZodType> = Frozen<z.output<Shape>>;

type Frozen<T> = T extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T;
