import type { Limits } from '../../config.ts';

/** For attacks on resources: 1 s of processor time; wall time is the backstop at twice that, as in the defaults. */
export const RESOURCE_LIMITS: Partial<Limits> = { cpuMs: 1000, wallMs: 2000 };
