import { App, Button, Checkbox, Input } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { dayOf } from '../rest/days.ts';
import { useRow } from '../rest/lists.ts';
import { useReadiness } from '../rest/readiness.ts';
import type { Policy } from '../rest/records.ts';
import { useChange } from '../rest/session.ts';
import { ListTroubled, ListWaiting } from '../staff/states.tsx';
import { t } from '../words/office.ts';
import { AudienceBuilder } from './AudienceBuilder.tsx';
import { Reach } from './Reach.tsx';
import { type Rule, without } from './rule.ts';
import { Told } from './Told.tsx';

interface Draft {
  title: string;
  gist: string;
  body: string;
  titleEn?: string;
  gistEn?: string;
  source: string;
  matter?: string;
  audience: Rule;
  validFrom: string;
  validUntil?: string;
  sensitive: boolean;
  startsAt?: string;
  canary: boolean;
}

/** Text on the left, whom it reaches and how it sounds on the right. `id`: `new`, or the draft to go on with. */
export function PolicyEditor({ id, onDone }: { id: string; onDone: (id?: string) => void }) {
  const today = useReadiness(60_000).data?.clock?.now;
  const row = useRow<Policy>('policies', id === 'new' ? undefined : id);
  const [draft, setDraft] = useState<Draft>();
  useEffect(() => {
    if (draft) return;
    if (id === 'new') {
      if (today) setDraft(emptyDraft(dayOf(today)));
    } else if (row.data) setDraft(draftOf(row.data));
  }, [draft, id, today, row.data]);
  if (row.error) return <ListTroubled error={row.error} onRetry={() => row.refetch()} />;
  if (!draft) return <ListWaiting rows={6} />;
  return <Form id={id} draft={draft} onDraft={setDraft} onDone={onDone} />;
}

const emptyDraft = (today: string): Draft => ({
  title: '',
  gist: '',
  body: '',
  source: '',
  audience: {},
  validFrom: today,
  sensitive: false,
  canary: false,
});

function draftOf(one: Policy): Draft {
  const { title, gist, body = '', titleEn, gistEn, source, validFrom, sensitive, canary = false } = one;
  const { reason: _reason, ...audience } = (one.audience ?? {}) as Rule;
  const optional = { titleEn, gistEn, matter: one.matter, validUntil: one.validUntil, startsAt: one.startsAt };
  return { title, gist, body, source, audience, validFrom, sensitive, canary, ...without(optional as Partial<Draft>) };
}

interface FormProps {
  id: string;
  draft: Draft;
  onDraft: (draft: Draft) => void;
  onDone: (id?: string) => void;
}

function Form({ id, draft, onDraft, onDone }: FormProps) {
  const { message } = App.useApp();
  const set = (part: Partial<Draft>) => onDraft({ ...draft, ...part });
  const save = useChange<Policy, Draft>(
    (body) => ({ path: id === 'new' ? '/api/policies' : `/api/policies/${id}/edit`, body: without(body) }),
    ['policies'],
  );
  const submit = useChange<Policy, string>((saved) => ({ path: `/api/policies/${saved}/submit` }), ['policies']);
  const finish = async (andSubmit: boolean) => {
    const saved = await save.mutateAsync(draft);
    const after = andSubmit ? await submit.mutateAsync(saved.id) : saved;
    message.success(andSubmit ? (after.state === 'published' ? t.published : t.handedWaitingForAnother) : t.saved);
    onDone(saved.id);
  };
  const ready = Boolean(draft.title && draft.gist && draft.body && draft.source && draft.validFrom);
  const busy = save.isPending || submit.isPending;
  return (
    <div className="editor">
      <form className="panel editor-form" aria-label={t.textPolicy} onSubmit={(event) => event.preventDefault()}>
        <Texts draft={draft} set={set} />
        <When draft={draft} set={set} />
        <h2 className="editor-title">{t.whoHears}</h2>
        <AudienceBuilder rule={draft.audience} onChange={(audience) => set({ audience })} />
        <p className="form-trouble" role="alert">
          {save.error?.message ?? submit.error?.message}
        </p>
        <div className="editor-foot">
          <Button onClick={() => onDone()}>{t.leaveUnsaved}</Button>
          <Button disabled={!ready} loading={busy} onClick={() => void finish(false).catch(() => undefined)}>
            {t.saveDraft}
          </Button>
          <Button
            type="primary"
            disabled={!ready}
            loading={busy}
            onClick={() => void finish(true).catch(() => undefined)}
          >
            {t.hand}
          </Button>
        </div>
      </form>
      <aside className="editor-side">
        <Reach rule={draft.audience} sensitive={draft.sensitive} />
        <Told title={t.sheHearsLikeThis} draft={{ policy: spokenPart(draft) }} />
      </aside>
    </div>
  );
}

const spokenPart = ({ title, gist, body, source, audience }: Draft) => ({ title, gist, body, source, audience });

interface PartProps {
  draft: Draft;
  set: (part: Partial<Draft>) => void;
}

/** A label with its control below. */
export function Field({ label, hint, children }: { label: string; hint?: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label className="editor-field">
      <span className="editor-label">
        {label}
        {hint ? <span className="row-quiet">{hint}</span> : null}
      </span>
      {children}
    </label>
  );
}

function Texts({ draft, set }: PartProps) {
  const text = (key: 'title' | 'gist' | 'source' | 'titleEn' | 'gistEn' | 'matter', most: number) => (
    <Input maxLength={most} value={draft[key] ?? ''} onChange={(event) => set({ [key]: event.target.value })} />
  );
  return (
    <>
      <Field label={t.title} hint={t.saidFirstWhenTold}>
        {text('title', 60)}
      </Field>
      <Field label={t.sentence} hint={t.bestWithinTwentyCharacters}>
        {text('gist', 120)}
      </Field>
      <Field label={t.full} hint={t.toldWhenSheAsksShort}>
        <Input.TextArea
          autoSize={{ minRows: 3, maxRows: 10 }}
          maxLength={1500}
          value={draft.body}
          onChange={(event) => set({ body: event.target.value })}
        />
      </Field>
      <Field label={t.source} hint={t.spokenAsWrittenLike}>
        {text('source', 200)}
      </Field>
      <div className="editor-pair">
        <Field label={t.matterAbout} hint={t.toldWhenSheAsks}>
          {text('matter', 80)}
        </Field>
        <Field label={t.titleEnglish}>{text('titleEn', 120)}</Field>
      </div>
      <Field label={t.sentenceEnglish}>{text('gistEn', 240)}</Field>
    </>
  );
}

function When({ draft, set }: PartProps) {
  const day = (key: 'validFrom' | 'validUntil') => (
    <Input type="date" value={draft[key] ?? ''} onChange={(event) => set({ [key]: event.target.value || undefined })} />
  );
  const startsAt = draft.startsAt?.slice(0, 16) ?? '';
  return (
    <>
      <div className="editor-three">
        <Field label={t.validFrom}>{day('validFrom')}</Field>
        <Field label={t.holdsUntil}>{day('validUntil')}</Field>
        <Field label={t.toldFrom}>
          <Input
            type="datetime-local"
            value={startsAt}
            onChange={({ target }) => set({ startsAt: target.value ? `${target.value}:00+08:00` : undefined })}
          />
        </Field>
      </div>
      <div className="editor-checks">
        <Checkbox checked={draft.sensitive} onChange={(event) => set({ sensitive: event.target.checked })}>
          {t.privateAskFirstWhether}
        </Checkbox>
        <Checkbox checked={draft.canary} onChange={(event) => set({ canary: event.target.checked })}>
          {t.oneHundredFirstThen}
        </Checkbox>
      </div>
    </>
  );
}
