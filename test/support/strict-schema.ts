/** The parts of a JSON Schema that decide which fields an object may have and must have. */
export interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

/**
 * Published schemas accept fields they do not know, so that later versions may add some. Tests refuse them: a misspelt field, or a
 * field without documentation. An object without named fields stays open.
 * @param partial at every depth, no field is required
 */
export function strictSchema(schema: Schema, { partial = false } = {}): Schema {
  const strict = (inner: Schema): Schema => strictSchema(inner, { partial });
  const { properties = {}, items, anyOf } = schema;
  return {
    ...schema,
    ...(Object.keys(properties).length > 0 && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, field]) => [name, strict(field)]),
      ),
      additionalProperties: false,
      ...(partial ? { required: [] } : {}),
    }),
    ...(items && { items: strict(items) }),
    ...(anyOf && { anyOf: anyOf.map(strict) }),
  };
}
