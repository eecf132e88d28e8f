import { z } from 'zod';
import type { RecordOf } from '../../src/model/record.js';

/** Text formats in the shapes: any text, ARN, account, time, day, SHA-256. */
const TEXTS = [
  '',
  'arn:aws:iam::111122223333:user/sample',
  '111122223333',
  '2026-08-01T10:00:00Z',
  '2026-08-01',
  '0'.repeat(64),
];

/** A minimal value of the shape: empty strings and lists, 0, false, null, first enum value; no optional fields. */
export const sampleOf = <Shape extends z.ZodType>(
  shape: Shape,
  change: Partial<RecordOf<Shape>> = {},
): RecordOf<Shape> => {
  const least = leastOf(shape);
  return (shape instanceof z.ZodObject ? { ...(least as object), ...change } : least) as RecordOf<Shape>;
};

function leastOf(shape: unknown): unknown {
  if (shape instanceof z.ZodObject) {
    const needed = Object.entries(shape.shape as Readonly<Record<string, unknown>>).filter(
      ([, field]) => !(field instanceof z.ZodExactOptional),
    );
    return Object.fromEntries(needed.map(([name, field]) => [name, leastOf(field)]));
  }
  if (shape instanceof z.ZodArray) return [];
  if (shape instanceof z.ZodRecord) return {};
  if (shape instanceof z.ZodNullable || shape instanceof z.ZodUnknown) return null;
  if (shape instanceof z.ZodNumber) return 0;
  if (shape instanceof z.ZodBoolean) return false;
  if (shape instanceof z.ZodEnum) return shape.options[0];
  if (shape instanceof z.ZodLiteral) return shape.value;
  const text = shape instanceof z.ZodString && TEXTS.find((one) => shape.safeParse(one).success);
  if (typeof text === 'string') return text;
  throw new Error('no sample of such a shape: add one to test/support/sample-of.ts');
}
