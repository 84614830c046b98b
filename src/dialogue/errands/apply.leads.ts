/** Where it leads when it is not to be applied for here and now: the guide, a person, a time at the window, a visit, the other matter. */
import { type ApplyContext, aloud, ask, matterOf, phoneNamed, say, standingTold, without } from './apply.facts.ts';
import { applying } from './apply.setup.ts';
import { applyFor, guideFor, leading, personFor, timeFor } from './leads.ts';

/** What she is offered, and the errands that it opens. */
export const leads = applying.createStateConfig({
  states: {
    /** 一件事一次办: what she has just answered is not asked again for the other. */
    offeringPartner: {
      entry: [
        { type: 'say', params: say('submitted') },
        {
          type: 'ask',
          params: ({ context }) => ({
            phrase: 'apply.partner',
            for: 'yesno',
            offer: 'apply',
            values: { matter: context.partner },
          }),
        },
      ],
      on: { YES: 'toPartner', NO: 'justThisOne' },
    },
    toPartner: leading(({ partner, slots }: ApplyContext) =>
      applyFor(partner, { ...without(slots, ['item', 'name']), kind: 'first' }),
    ),
    justThisOne: { type: 'final', entry: { type: 'say', params: { phrase: 'apply.justThisOne' } } },

    notHere: {
      entry: {
        type: 'ask',
        params: (args) => {
          const { values, ...question } = ask('notHere', { for: 'choice' })(args);
          const options = [{ phrase: 'apply.optionGuide' }, { phrase: 'apply.optionPerson' }];
          return { ...question, values: { ...values, ...aloud(args.context) }, options };
        },
      },
      on: {
        CHOSE: [
          { guard: 'choseOne', target: 'toGuide' },
          { guard: 'choseTwo', target: 'toPerson' },
        ],
        YES: 'toGuide',
        NO: 'leftAlone',
      },
    },
    handingOverHukou: {
      entry: { type: 'ask', params: ask('hukou', { for: 'yesno', offer: 'callback' }) },
      on: { YES: 'toPersonForHukou', NO: 'leftAlone' },
    },
    handingOverAnother: {
      entry: { type: 'ask', params: ask('forAnother', { for: 'yesno', offer: 'callback' }) },
      on: { YES: 'toPerson', NO: 'leftAlone' },
    },
    offeringPickup: {
      entry: { type: 'ask', params: ask('waitsForHer', { for: 'yesno', offer: 'pickup' }) },
      on: { YES: 'toPickup', NO: 'leftAlone' },
    },
    toGuide: leading((context: ApplyContext) => guideFor(matterOf(context))),
    toPerson: leading((context: ApplyContext) => personFor(matterOf(context), 'apply')),
    toPersonForHukou: leading((context: ApplyContext) => personFor(matterOf(context), 'hukou')),
    toPickup: leading((context: ApplyContext) => timeFor(matterOf(context), 'collect')),
    submittedForVisit: {
      type: 'final',
      entry: [
        { type: 'say', params: say('submitted') },
        {
          type: 'open',
          params: ({ context }) => ({
            errand: 'visit',
            intent: 'visit.request',
            slots: { item: matterOf(context), forPapers: 'yes', ...phoneNamed(context) },
          }),
        },
      ],
    },
    submitted: { type: 'final', entry: { type: 'say', params: say('submitted') } },
    again: {
      type: 'final',
      entry: [
        { type: 'say', params: { phrase: 'apply.again' } },
        { type: 'say', params: ({ context }) => standingTold(context) },
      ],
    },
    notYet: { type: 'final', entry: { type: 'say', params: say('notYet') } },
    keptForLater: { type: 'final', entry: { type: 'say', params: say('keptForLater') } },
  },
}).states;
