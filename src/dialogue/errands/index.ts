/** The errands that stand. An architecture test looks for the other pieces of each. */
import { agent } from './agent.ts';
import { apply } from './apply.ts';
import { complaint } from './complaint.ts';
import type { ErrandDefinition } from './errand.ts';
import { guide } from './guide.ts';
import { pickup } from './pickup.ts';
import { policy } from './policy.ts';
import { progress } from './progress.ts';
import { rate } from './rate.ts';
import { visit } from './visit.ts';

export const errands: Record<string, ErrandDefinition> = {
  policy,
  guide,
  progress,
  pickup,
  agent,
  apply,
  visit,
  rate,
  complaint,
};
