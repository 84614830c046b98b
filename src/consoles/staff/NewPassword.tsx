import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useChange } from '../rest/session.ts';
import { t } from '../words/staff.ts';

interface Passwords {
  current: string;
  next: string;
  again: string;
}

/** The first sign-in with a one-time password: nothing else opens before it is changed. */
export function NewPassword() {
  const queries = useQueryClient();
  const change = useChange<void, Passwords>(
    ({ current, next }) => ({ path: '/api/session/password', body: { current, next } }),
    [],
  );
  const submit = (values: Passwords) =>
    change.mutate(values, { onSuccess: () => queries.invalidateQueries({ queryKey: ['session'] }) });
  return (
    <div className="staff-centre">
      <h2>{t.firstChoosePasswordYour}</h2>
      <p>{t.leastTenCharactersLetters}</p>
      <Form<Passwords> layout="vertical" size="large" requiredMark={false} className="new-password" onFinish={submit}>
        <Form.Item
          name="current"
          label={t.presentPassword}
          rules={[{ required: true, message: t.pleaseGiveYourPresent }]}
        >
          <Input.Password autoComplete="current-password" autoFocus />
        </Form.Item>
        <Form.Item
          name="next"
          label={t.newPassword}
          rules={[{ required: true, min: 10, message: t.leastTenCharacters }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="again"
          label={t.onceMore}
          dependencies={['next']}
          rules={[
            ({ getFieldValue }) => ({
              validator: async (_, value) => {
                if (value !== getFieldValue('next')) throw new Error(t.twoDiffer);
              },
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <p className="sign-in-error" role="alert">
          {change.error?.message}
        </p>
        <Button type="primary" htmlType="submit" block loading={change.isPending}>
          {t.changed}
        </Button>
      </Form>
    </div>
  );
}
