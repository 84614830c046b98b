/** The files that take longest begin first, so that at the end no worker stands idle beside one long file. */
import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Longest first; whatever is not named takes less than these and follows. A clone knows no durations of its own yet. */
const LONG = [
  'test/dialogue/machines.test.ts',
  'test/tools/data.test.ts',
  'test/tools/keys.test.ts',
  'test/conversations/conversations.test.ts',
  'test/api/roles.test.ts',
  'test/launcher/killed.test.ts',
  'test/app/mutated_requests.test.ts',
  'test/api/helping.test.ts',
  'test/launcher/owner.test.ts',
  'test/api/speaker_import.test.ts',
  'test/conversations/brands.test.ts',
  'test/services/bookings/bookings.test.ts',
  'test/app/pglite_sample.test.ts',
  'test/tools/postgres.test.ts',
  'test/services/policies/policy_push.test.ts',
  'test/app/booked_by_each_brand.test.ts',
  'test/seed/community.test.ts',
  'test/browser/operator.test.ts',
  'test/browser/pages.test.ts',
  'test/browser/speaking.test.ts',
  'test/browser/office.test.ts',
  'test/browser/calls.test.ts',
  'test/faults/killed_in_the_middle_of_a_dialogue.test.ts',
  'test/browser/speaker.test.ts',
  'test/browser/clerk.test.ts',
];

export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = (spec: TestSpecification) => {
      const at = LONG.indexOf(relative(this.ctx.config.root, spec.moduleId));
      return at === -1 ? LONG.length : at;
    };
    const group = (spec: TestSpecification) => spec.project.config.sequence.groupOrder;
    return (await super.sort(files)).sort((a, b) => group(a) - group(b) || rank(a) - rank(b));
  }
}
