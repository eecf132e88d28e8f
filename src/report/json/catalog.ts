import type { Catalog } from '../../catalog/types.js';
import type { ReportWriter } from '../types.js';

/**
 * Writes json/catalog.json: all actions that this report knows, by service. AWS adds actions; a later comparison
 * must distinguish a new action from a new grant.
 */
export function createCatalogWriter({ services, actions, updatedAt }: Catalog): ReportWriter {
  return {
    begin: async (_head, out) => {
      const lists = services.map(({ prefix, from, to }) => {
        const names = actions.slice(from, to).map((action) => action.slice(prefix.length + 1));
        return `${JSON.stringify(prefix)}:${JSON.stringify(names)}`;
      });
      const head = `"schemaVersion":1,"updatedAt":${JSON.stringify(updatedAt)}`;
      await out.writeFile('json/catalog.json', `{${head},"services":{\n${lists.join(',\n')}\n}}\n`);
    },
    principal: () => Promise.resolve(),
    assumption: () => Promise.resolve(),
    end: () => Promise.resolve(),
  };
}
