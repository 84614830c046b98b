/** The four questions of an application: what kind, which telephone, how the papers come, and the promise. */
import { ask, materialOptions, phoneValues } from './apply.facts.ts';
import { applying } from './apply.setup.ts';

/** What she may say where a number is asked for: one that is too long, or too short, is asked for again. */
const NUMBER = applying.createStateConfig({
  on: {
    GAVE: [
      { guard: 'longPhone', target: 'askingPhoneShorter', reenter: true },
      { guard: 'badPhone', target: 'askingPhoneAgain', reenter: true },
    ],
    YES: { guard: 'refusedPhone', actions: 'phoneAfterAll', target: 'keeping' },
    NO: 'leftAlone',
  },
}).on;

/** Each leaves for `keeping`, which keeps the draft and asks what is still open. */
export const questions = applying.createStateConfig({
  states: {
    askingMatter: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: 'apply.whichMatter',
          for: 'choice',
          options: context.matters.map((matter) => ({ phrase: 'apply.matter', values: { matter } })),
        }),
      },
      on: { CHOSE: { guard: 'choseMatter', actions: 'chooseMatter', target: 'deciding' }, NO: 'leftAlone' },
    },
    /** She asks for what she began, and began nothing: what there is to begin is offered. */
    noDraft: {
      entry: [{ type: 'say', params: { phrase: 'apply.noDraft' } }, 'forgetDraft'],
      always: 'deciding',
    },
    offeringDraft: {
      entry: [{ type: 'ask', params: ask('resumeDraft', { for: 'yesno', offer: 'resume' }) }, 'forgetDraft'],
      on: {
        YES: { actions: 'takeDraft', target: 'deciding' },
        NO: { actions: 'leaveDraft', target: 'deciding' },
        GAVE: { guard: 'saysApply', actions: 'takeDraft', target: 'deciding' },
      },
    },
    askingKind: {
      entry: { type: 'ask', params: ask('whichKind', { for: 'kind' }) },
      on: { NO: 'leftAlone' },
    },
    confirmingPhone: {
      entry: { type: 'ask', params: ask('confirmPhone', { for: 'yesno', offer: 'phone' }) },
      on: {
        YES: { actions: 'phoneOnFile', target: 'keeping' },
        NO: { actions: 'phoneWrong', target: 'askingOtherPhone' },
        GAVE: NUMBER.GAVE,
      },
    },
    askingPhone: {
      entry: { type: 'ask', params: ask('whichPhone', { for: 'phone' }) },
      on: NUMBER,
    },
    askingOtherPhone: {
      entry: { type: 'ask', params: ask('otherPhone', { for: 'phone' }) },
      on: NUMBER,
    },
    askingPhoneAgain: {
      entry: { type: 'ask', params: { phrase: 'agent.oddPhone', for: 'phone' } },
      on: NUMBER,
    },
    askingPhoneShorter: {
      entry: { type: 'ask', params: { phrase: 'agent.longPhone', for: 'phone' } },
      on: NUMBER,
    },
    readingPhoneBack: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({ phrase: 'agent.readPhoneBack', for: 'yesno', values: phoneValues(context) }),
      },
      on: {
        YES: { actions: 'phoneAgreed', target: 'keeping' },
        NO: { actions: 'phoneWrong', target: 'askingOtherPhone' },
      },
    },
    askingMaterials: {
      entry: {
        type: 'ask',
        params: (args) => ({ ...ask('howMaterials', { for: 'choice' })(args), options: materialOptions(args.context) }),
      },
      on: {
        CHOSE: { guard: 'choseMaterials', actions: 'chooseMaterials', target: 'keeping' },
        NO: { actions: 'bring', target: 'keeping' },
      },
    },
    askingPromise: {
      entry: { type: 'ask', params: ask('promise', { for: 'yesno', offer: 'promise' }) },
      on: {
        YES: { actions: 'promise', target: 'keeping' },
        NO: { actions: 'noPromise', target: 'keeping' },
        GAVE: { guard: 'asksMeaning', target: 'explainingPromise' },
      },
    },
    explainingPromise: {
      entry: { type: 'ask', params: ask('promiseMeans', { for: 'yesno', offer: 'promise' }) },
      on: { YES: { actions: 'promise', target: 'keeping' }, NO: { actions: 'noPromise', target: 'keeping' } },
    },
  },
}).states;
