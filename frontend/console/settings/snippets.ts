// The code that is copied: for the page, and for the product's server in five languages.

export interface Snippet {
  title: string
  /** Where it goes. */
  where: string
  code: string
}

export function pageSnippets(server: string, key: string): Snippet[] {
  return [
    {
      title: 'Any page',
      where: 'Anywhere in the HTML of every page; in a template, once.',
      code: `<script async src="${server}/static/widget/vcsm.js" data-key="${key}"></script>`,
    },
    {
      title: 'React, Vue, Vite',
      where: 'Once, at the end of the file where your app starts, such as src/main.tsx.',
      code: [
        'const script = document.createElement("script")',
        `script.src = "${server}/static/widget/vcsm.js"`,
        'script.async = true',
        `script.dataset.key = "${key}"`,
        'document.head.append(script)',
      ].join('\n'),
    },
    {
      title: 'Next.js',
      where: 'In app/layout.tsx, as the last thing in <body>.',
      code: [
        '// at the top of the file',
        "import Script from 'next/script'",
        '',
        '// in <body>',
        '<Script',
        `  src="${server}/static/widget/vcsm.js"`,
        `  data-key="${key}"`,
        '  strategy="afterInteractive"',
        '/>',
      ].join('\n'),
    },
  ]
}

const VERA = `  id: '4711', name: 'Vera', email: 'vera@kestrel.example',
  account: { id: 'kestrel', name: 'Kestrel Coffee' },`

/** Calls before the script has come are kept and made when it is there. */
export const IDENTIFY: Snippet[] = [
  {
    title: 'In HTML',
    where: 'In the page, before or after the tag of step 2.',
    code: `<script>
window.vcsm = window.vcsm || function () { (vcsm.q = vcsm.q || []).push(arguments) }
vcsm('identify', {
${VERA}
})
</script>`,
  },
  {
    title: 'In an app, JavaScript or TypeScript',
    where: 'In the browser, where you know who has logged in.',
    code: `const page = Object(window) // the window itself; its type knows nothing of vcsm
page.vcsm ??= function () { (page.vcsm.q ??= []).push(arguments) }
page.vcsm('identify', {
${VERA}
})`,
  },
]

export const PROVEN = `vcsm('identify', {
  id: '4711',
  token: () => fetch('/vcsm-token').then((answer) => answer.text()),
})`

export function policy(server: string): string {
  return `script-src ${server}; connect-src ${server} ${server.replace(/^http/, 'ws')}`
}

/** A token for five minutes, made by the product's server for the one who is logged in. */
export function serverSamples(slug: string, kid: string): Snippet[] {
  return [
    {
      title: 'Python',
      where: 'PyJWT',
      code: `import os, time
import jwt

def vcsm_token(user):
    now = int(time.time())
    claims = {"sub": str(user.id), "aud": "${slug}", "iat": now, "exp": now + 300,
              "name": user.name, "email": user.email,
              "account": {"id": str(user.company.id), "name": user.company.name}}
    return jwt.encode(claims, os.environ["VCSM_IDENTITY_SECRET"], "HS256", headers={"kid": "${kid}"})`,
    },
    {
      title: 'Node',
      where: 'jsonwebtoken',
      code: `import jwt from 'jsonwebtoken'

export function vcsmToken(user) {
  const claims = {
    sub: String(user.id), aud: '${slug}', name: user.name, email: user.email,
    account: { id: String(user.company.id), name: user.company.name },
  }
  return jwt.sign(claims, process.env.VCSM_IDENTITY_SECRET, {
    algorithm: 'HS256', keyid: '${kid}', expiresIn: 300,
  })
}`,
    },
    {
      title: 'Ruby',
      where: 'the gem jwt',
      code: `require "jwt"

def vcsm_token(user)
  now = Time.now.to_i
  claims = { sub: user.id.to_s, aud: "${slug}", iat: now, exp: now + 300,
             name: user.name, email: user.email,
             account: { id: user.company.id.to_s, name: user.company.name } }
  JWT.encode(claims, ENV.fetch("VCSM_IDENTITY_SECRET"), "HS256", { kid: "${kid}" })
end`,
    },
    {
      title: 'PHP',
      where: 'firebase/php-jwt',
      code: `use Firebase\\JWT\\JWT;

function vcsm_token($user): string {
    $now = time();
    $claims = ['sub' => (string) $user->id, 'aud' => '${slug}', 'iat' => $now, 'exp' => $now + 300,
               'name' => $user->name, 'email' => $user->email,
               'account' => ['id' => (string) $user->company->id, 'name' => $user->company->name]];
    return JWT::encode($claims, getenv('VCSM_IDENTITY_SECRET'), 'HS256', '${kid}');
}`,
    },
    {
      title: 'Go',
      where: 'github.com/golang-jwt/jwt/v5',
      code: `func vcsmToken(user User) (string, error) {
	now := time.Now().Unix()
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{
		"sub": user.ID, "aud": "${slug}", "iat": now, "exp": now + 300,
		"name": user.Name, "email": user.Email,
		"account": map[string]string{"id": user.Company.ID, "name": user.Company.Name},
	})
	token.Header["kid"] = "${kid}"
	return token.SignedString([]byte(os.Getenv("VCSM_IDENTITY_SECRET")))
}`,
    },
  ]
}
