import { t } from '../../words/operator.ts';
import { Choice } from './Choice.tsx';
import type { StepProps } from './script.ts';

/** Whoever hears little is spoken to slower and louder. */
export function Hearing({ now, pending, answer }: StepProps) {
  return (
    <Choice
      say={t.canYouHearMe}
      chosen={now.steps.find(({ step }) => step === 'hearing')?.doneAt ? now.hearing : undefined}
      pending={pending}
      options={[
        { value: false, words: t.hearsWell, hint: t.spokenUsualPace },
        { value: true, words: t.hardHearing, hint: t.speakerTalksSlowerLouder },
      ]}
      onChoose={(hearing) => answer({ hearing })}
    />
  );
}

/** Which language the speaker answers in; neither is chosen before somebody has answered. */
export function Language({ now, pending, answer }: StepProps) {
  return (
    <Choice
      say={t.shallSpeakerTalkChinese}
      chosen={now.steps.find(({ step }) => step === 'language')?.doneAt ? now.locale : undefined}
      pending={pending}
      options={[
        { value: 'zh-CN', words: t.chinese, hint: t.understandsTianjinDialectToo },
        { value: 'en-US', words: 'English', hint: 'The speaker answers in English' },
      ]}
      onChoose={(locale) => answer({ locale })}
    />
  );
}
