import { Button } from 'antd';
import { type ComponentType, useEffect, useRef, useState } from 'react';
import { useRow } from '../../rest/lists.ts';
import { useChange } from '../../rest/session.ts';
import { ListTroubled, ListWaiting } from '../../staff/states.tsx';
import { t } from '../../words/operator.ts';
import { Called } from './Called.tsx';
import { Chime } from './Chime.tsx';
import { Consent } from './Consent.tsx';
import { Contact } from './Contact.tsx';
import { Hearing, Language } from './Hearing.tsx';
import { Pin } from './Pin.tsx';
import { Quiet, Sticker } from './Quiet.tsx';
import type { Installation, StepName, StepProps } from './script.ts';

const STEPS: Record<StepName, { title: string; Step: ComponentType<StepProps> }> = {
  called: { title: t.whatYouCalled, Step: Called },
  hearing: { title: t.canYouHearWell, Step: Hearing },
  language: { title: t.whichLanguage, Step: Language },
  pin: { title: t.fourDigits, Step: Pin },
  consent: { title: t.readHer, Step: Consent },
  contact: { title: t.whomTell, Step: Contact },
  quiet: { title: t.whenQuiet, Step: Quiet },
  chime: { title: t.tryChime, Step: Chime },
  sticker: { title: t.labelShort, Step: Sticker },
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
          {t.oneStepBack}
        </Button>
      ) : null}
    </section>
  );
}

function Progress({ now, at, onGo }: { now: Installation; at: number; onGo: (at: number) => void }) {
  return (
    <ol className="install-steps" aria-label={t.steps}>
      {now.steps.map(({ step, stepText, doneAt }, n) => (
        <li key={step} data-done={doneAt !== null}>
          <button
            type="button"
            aria-label={t.step(n + 1, stepText, doneAt ? t.done : '')}
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
        <h2>{t.installed}</h2>
        <p>{t.haveSayListenWhether(now.called)}</p>
        <Button type="primary" size="large" block onClick={onEnd}>
          {t.installNextOne}
        </Button>
      </section>
    );
  return (
    <section className="install-card" aria-labelledby="finish-title">
      <h2 id="finish-title">{t.lookOver}</h2>
      <ul className="install-review">
        {now.steps.map(({ step, stepText, doneAt }, n) => (
          <li key={step} data-done={doneAt !== null}>
            <span>{stepText}</span>
            {doneAt ? (
              <span className="chip" data-tone="good">
                {t.doneShort}
              </span>
            ) : null}
            {doneAt === null ? (
              <Button size="small" onClick={() => onBack(n)}>
                {NEEDED.includes(step) ? t.beDone : t.fill}
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
        {t.finished}
      </Button>
      <p className="install-hint">{t.fromHereYouCannot}</p>
    </section>
  );
}
