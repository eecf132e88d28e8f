/**
 * Services whose calls need only a few actions, by the first verb of the event name. API Gateway: HTTP method of
 * each operation (API Gateway API Reference).
 */
export const VERBS: ReadonlyMap<string, readonly (readonly [RegExp, string])[]> = new Map([
  [
    'apigateway',
    [
      [/^(Get|List|Export)/i, 'GET'],
      [/^(Put|Reimport|ImportApi$|ImportDocumentationParts$)/i, 'PUT'],
      [/^(Create|Import|Generate|Test)/i, 'POST'],
      [/^Update/i, 'PATCH'],
      [/^(Delete|Reset|Flush)/i, 'DELETE'],
    ],
  ],
  [
    'budgets',
    [
      [/^Describe/i, 'ViewBudget'],
      [/^(Create|Update|Delete)/i, 'ModifyBudget'],
    ],
  ],
  [
    'cassandra',
    [
      [/^(Get|List)/i, 'Select'],
      [/^Create/i, 'Create'],
      [/^Update/i, 'Alter'],
      [/^Delete/i, 'Drop'],
      [/^Restore/i, 'Restore'],
    ],
  ],
] satisfies [string, [RegExp, string][]][]);
