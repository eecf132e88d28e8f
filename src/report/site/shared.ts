import { createHash } from 'node:crypto';
import { servicePath } from '../paths.js';
import { grouped, plural } from '../../base/plural.js';
import { cut } from './text.js';
import type { GrantedService } from '../../review/types.js';
import { isolate } from './html.js';
import { type Page } from './render.js';
import { template } from './templates.js';
import { KICKERS, PAGE_TITLES } from '../../wording/pages.js';
import { describeUnknown } from '../../wording/statuses.js';

const fillService = template('service');

/** A page with the granted actions of one service, shared by many principals. */
export interface SharedPage {
  readonly path: string;
  readonly names: GrantedService;
}

/**
 * Lists of granted actions that are too long for each principal's page. A page is named by a hash of its list, so
 * principals with the same grants share it, and it is written once.
 */
export class SharedPages {
  readonly #known = new WeakMap<GrantedService, string>();
  readonly #written = new Set<string>();
  #pending: SharedPage[] = [];

  /** Path relative to the report folder. */
  pageOf(names: GrantedService): string {
    const known = this.#known.get(names);
    if (known !== undefined) return known;
    const { service, recorded, unseen } = names;
    const content = JSON.stringify([service, recorded, unseen]);
    const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
    const path = servicePath(service, hash);
    this.#known.set(names, path);
    if (!this.#written.has(path)) {
      this.#written.add(path);
      this.#pending.push({ path, names });
    }
    return path;
  }

  /** Pages requested since the last call, to be written now. */
  take(): readonly SharedPage[] {
    const pages = this.#pending;
    this.#pending = [];
    return pages;
  }
}

/** Page of a list, for the layout. */
export function renderShared({ names: { service, recorded, unseen } }: SharedPage): Page {
  const total = unseen.reduce((sum, { actions }) => sum + actions.length, recorded.length);
  return {
    root: '../',
    title: PAGE_TITLES.service(service, plural(total, 'granted action')),
    kicker: KICKERS.service,
    bodyHtml: fillService({
      service,
      total: plural(total, 'action'),
      recordedCount: grouped(recorded.length),
      recordedHtml: namesHtml(recorded),
      unseen: unseen.map(({ reason, actions }) => ({
        reason: describeUnknown(reason),
        count: grouped(actions.length),
        namesHtml: namesHtml(actions),
      })),
    }),
  };
}

/** Action names as HTML. */
export const namesHtml = (names: readonly string[]): string =>
  names.map((name) => `<code>${isolate(cut(name))}</code>`).join(' ');
