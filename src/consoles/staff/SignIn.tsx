import { Button, Form, Input, type InputRef } from 'antd';
import { useEffect, useRef } from 'react';
import { Mark } from '../design/Mark.tsx';
import { RestError } from '../rest/request.ts';
import { type Credentials, useSignIn } from '../rest/session.ts';
import { stop } from '../words/marks.ts';
import { t } from '../words/staff.ts';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { pageOfRole, worksAt } from './roles.ts';

/** The server wants the code of the second factor, or did not like the one it got. */
function wantsCode(error: Error | null): boolean {
  return error instanceof RestError && (/CODE|MFA|TOTP|FACTOR/i.test(error.code) || error.detail.codeRequired === true);
}

/** Sign-in for staff. The field for the code appears when the server asks for it, and stays. */
export function SignIn({ page }: { page: string }) {
  const signIn = useSignIn();
  const asked = useRef(false);
  asked.current ||= wantsCode(signIn.error);
  const submit = (values: Credentials) =>
    signIn.mutate(values, {
      onSuccess: ({ role }) => {
        const own = pageOfRole[role].path;
        // Whoever came by a link into her own pages stays where the link led.
        if (!worksAt(role, location.pathname)) location.assign(own);
      },
    });
  return (
    <div className="sign-in">
      <aside className="sign-in-aside" aria-hidden="true">
        <p className="sign-in-saying">
          {t.oneSentenceHome}
          <br />
          {t.windowTakesUp}
        </p>
        <p className="sign-in-saying-under">{t.callbacksBookingsCasesOne}</p>
        <Roofs />
      </aside>
      <main className="sign-in-main">
        <div className="sign-in-box">
          <Mark size={52} />
          <h1>{t.homeServices(page)}</h1>
          <p className="sign-in-hint">{t.signWithAccountYour}</p>
          <SignInForm asked={asked.current} pending={signIn.isPending} error={signIn.error} onSubmit={submit} />
          <p className="sign-in-foot">
            {t.accountsPasswordsDemonstrationPrinted}
            <code>demo.json</code>
            {stop}
            <a href="/">{t.frontPage}</a> <LanguageSwitch />
          </p>
        </div>
      </main>
    </div>
  );
}

interface SignInFormProps {
  asked: boolean;
  pending: boolean;
  error: Error | null;
  onSubmit: (values: Credentials) => void;
}

function SignInForm({ asked, pending, error, onSubmit }: SignInFormProps) {
  const code = useRef<InputRef>(null);
  useEffect(() => {
    if (asked) code.current?.focus();
  }, [asked]);
  return (
    <Form<Credentials> layout="vertical" size="large" requiredMark={false} onFinish={onSubmit} disabled={pending}>
      <Form.Item name="username" label={t.userName} rules={[{ required: true, message: t.pleaseGiveYourUser }]}>
        <Input autoComplete="username" autoFocus autoCapitalize="none" spellCheck={false} />
      </Form.Item>
      <Form.Item name="password" label={t.password} rules={[{ required: true, message: t.pleaseGiveYourPassword }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      {asked ? (
        <Form.Item
          name="code"
          label={t.code}
          extra={t.typeSixDigitsAuthenticator}
          rules={[{ required: true, message: t.pleaseGiveCode }]}
        >
          <Input ref={code} inputMode="numeric" autoComplete="one-time-code" maxLength={8} />
        </Form.Item>
      ) : null}
      <p className="sign-in-error" role="alert">
        {error?.message}
      </p>
      <Button type="primary" htmlType="submit" block size="large" loading={pending}>
        {t.sign}
      </Button>
    </Form>
  );
}

/** The rows of houses by the water: decoration. */
function Roofs() {
  return (
    <svg className="sign-in-roofs" viewBox="0 0 640 260" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
      <g fill="#185b4c">
        <path d="M0 260V150l70-52 70 52v110Z" />
        <path d="M250 260V120l84-62 84 62v140Z" />
        <path d="M520 260V160l62-46 58 43v103Z" />
      </g>
      <g fill="#124b3f">
        <path d="M110 260v-86l76-56 76 56v86Z" />
        <path d="M390 260v-74l82-60 82 60v74Z" />
      </g>
      <g fill="#f0b755">
        <rect x="168" y="186" width="16" height="20" rx="3" />
        <rect x="192" y="186" width="16" height="20" rx="3" />
        <rect x="318" y="140" width="16" height="20" rx="3" opacity=".55" />
        <rect x="464" y="204" width="16" height="20" rx="3" opacity=".8" />
        <rect x="52" y="172" width="16" height="20" rx="3" opacity=".45" />
      </g>
    </svg>
  );
}
