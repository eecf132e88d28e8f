import { resourcesOf } from '../../resources/extract.js';
import { resourceSet, type Resources } from '../../resources/set.js';
import { parametersOf } from '../../resources/table.js';
import type { Actor } from '../../types.js';
import { recordingAccount, type ApiCall, type ResourceTables } from '../decode/encoded-file.js';
import { IntList } from '../collections/int-list.js';
import { ByteSliceList } from '../collections/byte-slices.js';
import { text } from '../../log-files/record.js';
import { at } from '../../../base/checked.js';

/** See assembly/resources.ts. */
const MOST_NAMES = 64;

/**
 * The meaning of a reader's resource indexes, computed on demand: most indexes belong to rows that already have too
 * many resources.
 */
export class ResourceNames {
  readonly #named = new IntList();
  readonly #lists = new IntList();
  readonly #values = new ByteSliceList();
  readonly #arns = new ByteSliceList();

  addTables({ named, lists, values, arns }: ResourceTables): void {
    this.#named.append(named);
    this.#lists.append(lists);
    this.#values.add(values);
    this.#arns.add(arns);
  }

  /** @param resources resource index of an event with this actor and call */
  of(resources: number, actor: Actor, call: ApiCall): Resources {
    if (resources <= 0) return null;
    return resources % 2 === 1
      ? this.#listed((resources - 1) / 2)
      : this.#fromParameters((resources - 2) / 2, actor, call);
  }

  #listed(list: number): Resources {
    const arns: string[] = [];
    for (let part = list; part !== -1; part = this.#lists.at(2 * part))
      arns.push(text(JSON.parse(this.#arns.text(this.#lists.at(2 * part + 1)))) ?? '');
    return resourceSet(arns);
  }

  #fromParameters(tuple: number, actor: Actor, call: ApiCall): Resources {
    const { eventSource, eventName } = call;
    const names = parametersOf(eventSource);
    const values = new Map<string, unknown>();
    let part = tuple;
    // A tuple starts with a pair whose first number is not negative.
    for (let before = this.#named.at(2 * part); before < 0; before = this.#named.at(2 * part)) {
      const value = this.#named.at(2 * part + 1);
      const json = this.#values.text(Math.floor(value / MOST_NAMES));
      values.set(at(names, value % MOST_NAMES), JSON.parse(json));
      part = -1 - before;
    }
    const recipientAccountId = recordingAccount(actor, call);
    return resourcesOf({ actor, recipientAccountId, eventSource, eventName }, [], (name) => {
      const value = values.get(name);
      return typeof value === 'string' ? value : undefined;
    });
  }
}
