import { Button } from 'antd';
import { type ComponentType, useEffect, useRef, useState } from 'react';
import { useRow } from '../../rest/lists.ts';
import { useChange } from '../../rest/session.ts';
import { ListTroubled, ListWaiting } from '../../staff/states.tsx';
import { Called } from './Called.tsx';
import { Chime } from './Chime.tsx';
import { Consent } from './Consent.tsx';
import { Contact } from './Contact.tsx';
import { Hearing, Language } from './Hearing.tsx';
import { Pin } from './Pin.tsx';
import { Quiet, Sticker } from './Quiet.tsx';
import type { Installation, StepName, StepProps } from './script.ts';

const STEPS: Record<StepName, { title: string; Step: ComponentType<StepProps> }> = {
  called: { title: '怎么称呼您？', Step: Called },
  hearing: { title: '听得清吗？', Step: Hearing },
  language: { title: '说哪种话？', Step: Language },
  pin: { title: '约四个数', Step: Pin },
  consent: { title: '念给她听', Step: Consent },
  contact: { title: '有急事找谁？', Step: Contact },
  quiet: { title: '什么时候要安静？', Step: Quiet },
  chime: { title: '试一声', Step: Chime },
  sticker: { title: '贴上电话', Step: Sticker },
};

/** One step at a time; what is done can be gone back to, what is needed cannot be left out. */
export function Script({ id, onEnd }: { id: string; onEnd: () => void }) {
  const { data, error, isPending, refetch } = useRow<Installation>('installations', id);
  const [at, setAt] = useState(0);
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step is announced when it comes
  useEffect(() => heading.current?.focus(), [at]);
  const change = useChange<void, { step: string; body: object }>(
    ({ step, body }) => ({ path: `/api/installations/${id}/${step}`, body }),
    ['installations', 'speakers'],
  );
  if (isPending) return <ListWaiting rows={4} />;
  if (error) return <ListTroubled error={error} onRetry={() => refetch()} />;
  const current = data.steps[at];
  if (!current) return <Finish now={data} onBack={setAt} onEnd={onEnd} />;
  const { title, Step } = STEPS[current.step];
  const on = () => setAt(at + 1);
  return (
    <section className="install-card" aria-labelledby="step-title">
      <Progress now={data} at={at} onGo={setAt} />
      <h2 id="step-title" ref={heading} tabIndex={-1}>
        {title}
      </h2>
      <Step
        key={current.step}
        now={data}
        pending={change.isPending}
        answer={(body, step = current.step) => change.mutate({ step, body }, { onSuccess: on })}
        skip={on}
      />
      <p className="field-fault" role="alert">
        {change.error?.message}
      </p>
      {at > 0 ? (
        <Button type="text" onClick={() => setAt(at - 1)}>
          回上一步
        </Button>
      ) : null}
    </section>
  );
}

function Progress({ now, at, onGo }: { now: Installation; at: number; onGo: (at: number) => void }) {
  return (
    <ol className="install-steps" aria-label="步骤">
      {now.steps.map(({ step, stepText, doneAt }, n) => (
        <li key={step} data-done={doneAt !== null}>
          <button
            type="button"
            aria-label={`第${n + 1}步 ${stepText}${doneAt ? '，做好了' : ''}`}
            aria-current={n === at ? 'step' : undefined}
            onClick={() => onGo(n)}
          />
        </li>
      ))}
    </ol>
  );
}

const NEEDED: StepName[] = ['called', 'language', 'consent'];

function Finish({ now, onBack, onEnd }: { now: Installation; onBack: (at: number) => void; onEnd: () => void }) {
  const [done, setDone] = useState(false);
  const finish = useChange<void, void>(() => ({ path: `/api/installations/${now.id}/finish` }), ['speakers', 'fleet']);
  const missing = now.steps.filter(({ step, doneAt }) => NEEDED.includes(step) && doneAt === null);
  if (done)
    return (
      <section className="install-card install-done" role="status">
        <h2>装好了</h2>
        <p>让{now.called}说一句「打开家里办」，听它叫得对不对。</p>
        <Button type="primary" size="large" block onClick={onEnd}>
          装下一家
        </Button>
      </section>
    );
  return (
    <section className="install-card" aria-labelledby="finish-title">
      <h2 id="finish-title">看一遍</h2>
      <ul className="install-review">
        {now.steps.map(({ step, stepText, doneAt }, n) => (
          <li key={step} data-done={doneAt !== null}>
            <span>{stepText}</span>
            {doneAt ? (
              <span className="chip" data-tone="good">
                好了
              </span>
            ) : null}
            {doneAt === null ? (
              <Button size="small" onClick={() => onBack(n)}>
                {NEEDED.includes(step) ? '还要做' : '补上'}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <p className="field-fault" role="alert">
        {finish.error?.message}
      </p>
      <Button
        type="primary"
        size="large"
        block
        disabled={missing.length > 0}
        loading={finish.isPending}
        onClick={() => finish.mutate(undefined, { onSuccess: () => setDone(true) })}
      >
        装完了
      </Button>
      <p className="install-hint">点了以后，她说的这些您这边就看不到了。</p>
    </section>
  );
}
