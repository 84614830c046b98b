/** By errand. A new errand has no sample until somebody writes one: the test says so. */
import { agent } from './agent.ts';
import { apply } from './apply.ts';
import { complaint } from './complaint.ts';
import { guide } from './guide.ts';
import { pickup } from './pickup.ts';
import { policy } from './policy.ts';
import { progress } from './progress.ts';
import { rate } from './rate.ts';
import type { Sample } from './sample.ts';
import { visit } from './visit.ts';

export const SAMPLES: Record<string, Sample> = {
  agent,
  apply,
  complaint,
  guide,
  pickup,
  policy,
  progress,
  rate,
  visit,
};
