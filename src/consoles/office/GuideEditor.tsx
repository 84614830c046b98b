import { App, Button, Checkbox, Input } from 'antd';
import { useEffect, useState } from 'react';
import { dayOf } from '../rest/days.ts';
import { useRow } from '../rest/lists.ts';
import { useReadiness } from '../rest/readiness.ts';
import type { Guide } from '../rest/records.ts';
import { useChange } from '../rest/session.ts';
import { ListTroubled, ListWaiting } from '../staff/states.tsx';
import { listed } from '../words/marks.ts';
import { t } from '../words/office.ts';
import { Amounts, Materials } from './GuideLists.tsx';
import {
  amountsOf,
  bodyOf,
  emptyGuide,
  type GuideDraft,
  guideTexts,
  materialsOf,
  missingIn,
  nextOf,
  standardTexts,
  standardYes,
} from './guide-fields.ts';
import { Field } from './PolicyEditor.tsx';
import { Told } from './Told.tsx';

/** The elements in their official order on the left, how they are told on the right. `id`: `new`, or the version to begin from. */
export function GuideEditor({ id, onDone }: { id: string; onDone: (id?: string) => void }) {
  const now = useReadiness(60_000).data?.clock?.now;
  const row = useRow<Guide>('guides', id === 'new' ? undefined : id);
  const [draft, setDraft] = useState<GuideDraft>();
  useEffect(() => {
    if (draft || !now) return;
    if (id === 'new') setDraft(emptyGuide(dayOf(now)));
    else if (row.data) setDraft(nextOf(row.data, dayOf(now)));
  }, [draft, id, now, row.data]);
  if (row.error) return <ListTroubled error={row.error} onRetry={() => row.refetch()} />;
  if (!draft) return <ListWaiting rows={6} />;
  return <Form id={id} draft={draft} onDraft={setDraft} onDone={onDone} />;
}

interface FormProps {
  id: string;
  draft: GuideDraft;
  onDraft: (draft: GuideDraft) => void;
  onDone: (id?: string) => void;
}

interface PartProps {
  draft: GuideDraft;
  set: (part: Partial<GuideDraft>) => void;
  setElement: (key: string, value: unknown) => void;
}

function Form({ id, draft, onDraft, onDone }: FormProps) {
  const { message } = App.useApp();
  const set = (part: Partial<GuideDraft>) => onDraft({ ...draft, ...part });
  const setElement = (key: string, value: unknown) => set({ elements: { ...draft.elements, [key]: value } });
  const save = useChange<Guide, GuideDraft>(
    (one) =>
      id === 'new'
        ? { path: '/api/guides', body: { matter: one.matter, ...bodyOf(one) } }
        : { path: `/api/guides/${id}/versions`, body: bodyOf(one) },
    ['guides'],
  );
  const submit = useChange<Guide, string>((saved) => ({ path: `/api/guides/${saved}/submit` }), ['guides']);
  const finish = async (andSubmit: boolean) => {
    const saved = await save.mutateAsync(draft);
    if (andSubmit) await submit.mutateAsync(saved.id);
    message.success(andSubmit ? t.handedWaitingForAnother : t.saved);
    onDone(saved.id);
  };
  const missing = missingIn(draft.elements);
  const savable = Boolean(draft.matter && draft.department && draft.source);
  const busy = save.isPending || submit.isPending;
  const parts = { draft, set, setElement };
  return (
    <div className="editor">
      <form className="panel editor-form" aria-label={t.textGuide} onSubmit={(event) => event.preventDefault()}>
        <Head {...parts} fixed={id !== 'new'} />
        <Elements {...parts} />
        <Standard {...parts} />
        <p className="form-trouble" role="alert">
          {save.error?.message ?? submit.error?.message}
        </p>
        <div className="editor-foot">
          {missing.length > 0 ? <span className="row-quiet editor-missing">{t.missing(listed(missing))}</span> : null}
          <Button onClick={() => onDone()}>{t.leaveUnsaved}</Button>
          <Button disabled={!savable} loading={busy} onClick={() => void finish(false).catch(() => undefined)}>
            {t.saveDraft}
          </Button>
          <Button
            type="primary"
            disabled={!savable || missing.length > 0}
            loading={busy}
            onClick={() => void finish(true).catch(() => undefined)}
          >
            {t.hand}
          </Button>
        </div>
      </form>
      <aside className="editor-side">
        <Told title={t.whatSheHearsElement} draft={{ guide: bodyOf(draft).elements }} />
      </aside>
    </div>
  );
}

function Head({ draft, set, fixed }: PartProps & { fixed: boolean }) {
  const text = (key: 'matter' | 'department' | 'source', disabled = false) => (
    <Input
      maxLength={key === 'source' ? 300 : 80}
      disabled={disabled}
      value={draft[key]}
      onChange={(event) => set({ [key]: event.target.value })}
    />
  );
  const day = (key: 'checkedOn' | 'effectiveFrom' | 'effectiveUntil') => (
    <Input type="date" value={draft[key] ?? ''} onChange={(event) => set({ [key]: event.target.value || undefined })} />
  );
  return (
    <>
      <div className="editor-pair">
        <Field label={t.matter}>{text('matter', fixed)}</Field>
        <Field label={t.department}>{text('department')}</Field>
      </div>
      <Field label={t.documentRests}>{text('source')}</Field>
      <div className="editor-three">
        <Field label={t.holdsFrom}>{day('effectiveFrom')}</Field>
        <Field label={t.holdsUntil}>{day('effectiveUntil')}</Field>
        <Field label={t.checked}>{day('checkedOn')}</Field>
      </div>
    </>
  );
}

function Elements({ draft, setElement }: PartProps) {
  return (
    <>
      {guideTexts.map(({ key, name, hint }) => (
        <div key={key}>
          <Field label={name} hint={hint}>
            <Input.TextArea
              autoSize={{ minRows: 1, maxRows: 8 }}
              maxLength={2000}
              value={String(draft.elements[key] ?? '')}
              onChange={(event) => setElement(key, event.target.value)}
            />
          </Field>
          {key === 'conditions' ? (
            <Materials of={materialsOf(draft.elements)} onChange={(next) => setElement('materials', next)} />
          ) : null}
          {key === 'materialsNote' ? (
            <Checkbox
              checked={draft.elements.materialsPartial === true}
              onChange={(event) => setElement('materialsPartial', event.target.checked || undefined)}
            >
              {t.materialsNotAll}
            </Checkbox>
          ) : null}
          {key === 'amount' ? (
            <Amounts of={amountsOf(draft.elements)} onChange={(next) => setElement('amounts', next)} />
          ) : null}
        </div>
      ))}
      <Checkbox
        checked={draft.elements.sensitive === true}
        onChange={(event) => setElement('sensitive', event.target.checked)}
      >
        {t.privateAskFirstWhether}
      </Checkbox>
    </>
  );
}

function Standard({ draft, setElement }: PartProps) {
  const standard = (draft.elements.standard ?? {}) as Record<string, unknown>;
  const set = (key: string, value: unknown) => setElement('standard', { ...standard, [key]: value || undefined });
  return (
    <details className="standard">
      <summary>{t.fieldsNationalStandardGb}</summary>
      <div className="editor-pair">
        {standardTexts.map(({ key, name }) => (
          <Field key={key} label={name}>
            <Input
              maxLength={200}
              value={String(standard[key] ?? '')}
              onChange={(event) => set(key, event.target.value)}
            />
          </Field>
        ))}
      </div>
      <div className="editor-checks">
        {standardYes.map(({ key, name }) => (
          <Checkbox key={key} checked={standard[key] === true} onChange={(event) => set(key, event.target.checked)}>
            {name}
          </Checkbox>
        ))}
      </div>
    </details>
  );
}
