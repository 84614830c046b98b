import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useChange } from '../rest/session.ts';

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
      <h2>先换一个自己的密码</h2>
      <p>至少十位，字母和数字都要有，不能含账号。</p>
      <Form<Passwords> layout="vertical" size="large" requiredMark={false} className="new-password" onFinish={submit}>
        <Form.Item name="current" label="现在的密码" rules={[{ required: true, message: '请填现在的密码' }]}>
          <Input.Password autoComplete="current-password" autoFocus />
        </Form.Item>
        <Form.Item name="next" label="新密码" rules={[{ required: true, min: 10, message: '至少十位' }]}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="again"
          label="再填一遍"
          dependencies={['next']}
          rules={[
            ({ getFieldValue }) => ({
              validator: async (_, value) => {
                if (value !== getFieldValue('next')) throw new Error('两遍不一样');
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
          换好了
        </Button>
      </Form>
    </div>
  );
}
