import { generic } from './generic.js';
import { hyperproof } from './hyperproof.js';
import { lumos } from './lumos.js';
import type { Profile } from './types.js';
import { vanta } from './vanta.js';
import { zilla } from './zilla.js';

export const CSV_PROFILES = ['vanta', 'hyperproof', 'lumos', 'zilla', 'generic'] as const;
export type CsvProfile = (typeof CSV_PROFILES)[number];

export const PROFILES: Readonly<Record<CsvProfile, Profile>> = { vanta, hyperproof, lumos, zilla, generic };
