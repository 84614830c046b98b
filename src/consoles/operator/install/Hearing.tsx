import { Choice } from './Choice.tsx';
import type { StepProps } from './script.ts';

/** Whoever hears little is spoken to slower and louder. */
export function Hearing({ now, pending, answer }: StepProps) {
  return (
    <Choice
      say="「我这样说话，您听得清吗？」"
      chosen={now.steps.find(({ step }) => step === 'hearing')?.doneAt ? now.hearing : undefined}
      pending={pending}
      options={[
        { value: false, words: '听得清', hint: '照平常的快慢说' },
        { value: true, words: '耳朵背', hint: '音箱会说得慢一点、响一点' },
      ]}
      onChoose={(hearing) => answer({ hearing })}
    />
  );
}

export function Language({ now, pending, answer }: StepProps) {
  return (
    <Choice
      say="「以后跟音箱说中国话，还是 English？」"
      chosen={now.steps.find(({ step }) => step === 'language')?.doneAt ? now.locale : undefined}
      pending={pending}
      options={[
        { value: 'zh-CN', words: '中文', hint: '天津话也听得懂' },
        { value: 'en-US', words: 'English', hint: 'The speaker answers in English' },
      ]}
      onChoose={(locale) => answer({ locale })}
    />
  );
}
