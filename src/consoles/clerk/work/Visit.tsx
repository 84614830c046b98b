import { App, Button, Form, Input, Radio, Select } from 'antd';
import { dayAfter, dayOf, nearDayWords } from '../../rest/days.ts';
import { useList } from '../../rest/lists.ts';
import { useBusinessNow } from '../../rest/readiness.ts';
import type { Visit as VisitRow } from '../../rest/records.ts';
import { useChange } from '../../rest/session.ts';
import { t } from '../../words/clerk.ts';
import { useMatters } from './useMatters.ts';

interface Wish {
  matter: string;
  day: string;
  half: 'AM' | 'PM';
}

const HALVES = [
  { value: 'AM', label: t.morning },
  { value: 'PM', label: t.afternoon },
];

/** Somebody comes to her: half a day is enough, who goes is settled at the desk. */
export function Visit({ residentId, matter }: { residentId: string; matter: string | undefined }) {
  const { message } = App.useApp();
  const { options } = useMatters();
  const [form] = Form.useForm<Wish>();
  const today = dayOf(useBusinessNow());
  const { data } = useList<VisitRow>('visits', { resident: residentId, pageSize: 20 });
  const standing = (data?.items ?? []).filter(({ state }) => state === 'requested' || state === 'planned');
  const ask = useChange<unknown, Wish>((wish) => ({ path: '/api/visits', body: { residentId, ...wish } }), ['visits']);
  const submit = (wish: Wish) =>
    ask.mutate(wish, {
      onSuccess: () => message.success(t.agreedSomebodyVisits(nearDayWords(wish.day, today))),
      onError: (error) => message.error(error.message),
    });
  return (
    <div>
      <ul className="work-list">
        {standing.map(({ id, day, halfText, matter: what, worker, stateText, wishesText = [] }) => (
          <li key={id}>
            <span>
              <strong>
                {nearDayWords(day, today)}
                {halfText}
              </strong>
              <span className="row-quiet">
                {[what, worker?.name, stateText, ...wishesText].filter(Boolean).join(' · ')}
              </span>
            </span>
          </li>
        ))}
      </ul>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        className="work-row"
        initialValues={{ matter, day: dayAfter(today, 1), half: 'AM' }}
        onFinish={submit}
      >
        <Form.Item
          name="matter"
          label={t.forWhat}
          className="work-wide"
          rules={[{ required: true, message: t.pleaseChooseMatter }]}
        >
          <Select showSearch options={options} placeholder={t.chooseMatter} />
        </Form.Item>
        <Form.Item name="day" label={t.whichDay} rules={[{ required: true, message: t.pleaseChooseDay }]}>
          <Input type="date" min={today} />
        </Form.Item>
        <Form.Item name="half" label={t.halfDay}>
          <Radio.Group options={HALVES} optionType="button" />
        </Form.Item>
        <Button htmlType="submit" className="do" loading={ask.isPending}>
          {t.agreeVisit}
        </Button>
      </Form>
    </div>
  );
}
