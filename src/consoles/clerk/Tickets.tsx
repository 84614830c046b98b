import { App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { dayOf, dayWords } from '../rest/days.ts';
import type { Ticket } from '../rest/records.ts';
import { useChange } from '../rest/session.ts';
import { RowDrawer } from '../staff/RowDrawer.tsx';
import { t } from '../words/clerk.ts';
import { Panel } from './Panel.tsx';
import { useDeskList } from './useDeskList.ts';

/** Complaints and what could not be done: each has an owner, a day and an answer that is read back to her. */
export function Tickets() {
  const list = useDeskList<Ticket>('tickets', { pageSize: 100 });
  const [opened, setOpened] = useState<string>();
  const tickets = (list.data?.items ?? [])
    .filter(({ state }) => state !== 'closed')
    .sort((a, b) => a.dueAt.localeCompare(b.dueAt));
  const late = tickets.filter(({ overdue }) => overdue).length;
  return (
    <Panel
      id="tickets"
      title={t.complaintsWhatCouldNotBe}
      count={tickets.length}
      side={
        late > 0 ? (
          <span className="chip" data-tone="late">
            {t.overdueToo(late)}
          </span>
        ) : null
      }
      list={list}
      empty={tickets.length === 0}
      emptyWords={t.nothingWaitsAnAnswer}
    >
      <ul className="rows">
        {tickets.map((one) => (
          <TicketRow key={one.id} ticket={one} onOpen={() => setOpened(one.id)} />
        ))}
      </ul>
      <RowDrawer<Ticket>
        noun="tickets"
        id={opened}
        title={(one) => (one ? `${one.kindText} ${one.number}` : t.tickets)}
        width={520}
        onClose={() => setOpened(undefined)}
      >
        {(one) => <TicketDetail ticket={one} />}
      </RowDrawer>
    </Panel>
  );
}

function TicketRow({ ticket, onOpen }: { ticket: Ticket; onOpen: () => void }) {
  const { kindText, resident, dueAt, overdue, owner, state, stateText, number } = ticket;
  return (
    <li className="row case" data-row tabIndex={-1} data-tone={overdue ? 'late' : undefined}>
      <button type="button" className="case-open" data-key="e" onClick={onOpen}>
        <span className="case-line">
          <span className="row-who">{kindText}</span>
          <span className="chip" data-tone={state === 'open' ? 'warn' : 'info'}>
            {stateText}
          </span>
        </span>
        <span className="case-line row-quiet">
          <span>
            {resident?.name ?? ''} · <span className="figures">{number}</span>
            {owner ? ` · ${owner.name}` : ''}
          </span>
          <span className="case-promise" data-tone={overdue ? 'late' : undefined}>
            {t.by(overdue ? t.overdueAgain : '', dayWords(dayOf(dueAt)))}
          </span>
        </span>
      </button>
    </li>
  );
}

function TicketDetail({ ticket }: { ticket: Ticket }) {
  const { message } = App.useApp();
  const [form] = Form.useForm<{ answer: string }>();
  const failed = (error: Error) => void message.error(error.message);
  const answer = useChange<unknown, { answer: string }>(
    (body) => ({ path: `/api/tickets/${ticket.id}/answer`, body }),
    ['tickets'],
  );
  const close = useChange<unknown, void>(() => ({ path: `/api/tickets/${ticket.id}/close` }), ['tickets']);
  return (
    <div className="case-detail">
      <dl className="facts">
        <div>
          <dt>{t.whoSaid}</dt>
          <dd>{ticket.resident?.name ?? '—'}</dd>
        </div>
        <div>
          <dt>{t.answerBy}</dt>
          <dd>{dayWords(dayOf(ticket.dueAt))}</dd>
        </div>
        <div>
          <dt>{t.whose}</dt>
          <dd>{ticket.owner?.name ?? ticket.department ?? t.nobodyYet}</dd>
        </div>
      </dl>
      <h3>{t.herWords}</h3>
      <p className="row-words">{ticket.text ?? t.noWordsHers}</p>
      {ticket.answer ? (
        <>
          <h3>{t.answer}</h3>
          <p className="row-words">{ticket.answer}</p>
        </>
      ) : null}
      {ticket.state === 'open' ? (
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          onFinish={(body) => answer.mutate(body, { onSuccess: () => message.success(t.answered), onError: failed })}
        >
          <Form.Item name="answer" label={t.answerRead} rules={[{ required: true, message: t.pleaseWriteAnAnswer }]}>
            <Input.TextArea rows={3} maxLength={500} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={answer.isPending}>
            {t.answer}
          </Button>
        </Form>
      ) : null}
      {ticket.state === 'answered' ? (
        <Button loading={close.isPending} onClick={() => close.mutate(undefined, { onError: failed })}>
          {t.hasHeardClose}
        </Button>
      ) : null}
    </div>
  );
}
