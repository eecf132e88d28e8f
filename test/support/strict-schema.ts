/** The parts of a JSON Schema that define allowed and required fields. */
export interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

/**
 * Published schemas accept unknown fields, so that later versions can add fields. Tests reject them, to find
 * misspelled and undocumented fields. An object without named fields stays open.
 * @param partial no field is required, at any depth
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
