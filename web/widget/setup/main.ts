import './setup.css';

/** Makes the first administrator with the one-time token that stands behind # in the link, where no server logs it. */
const english = navigator.language.toLowerCase().startsWith('en');
const form = document.querySelector('form') as HTMLFormElement;
const outcome = document.querySelector('.outcome') as HTMLElement;

if (english) {
  document.documentElement.lang = 'en';
  document.title = 'Yingda · First steps';
  for (const element of document.querySelectorAll<HTMLElement>('[data-en]')) {
    element.textContent = element.dataset.en ?? '';
  }
}

function tell(text: string, good: boolean): void {
  outcome.textContent = text;
  outcome.classList.toggle('good', good);
}

async function submit(): Promise<void> {
  const body = { token: location.hash.slice(1), ...Object.fromEntries(new FormData(form)) };
  const answer = await fetch('/api/v1/setup', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Accept-Language': english ? 'en' : 'zh' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) {
    const problem: { detail?: string } = await answer.json();
    return tell(problem.detail ?? answer.statusText, false);
  }
  for (const element of form.elements) (element as HTMLInputElement | HTMLButtonElement).disabled = true;
  tell(english ? 'Done. ' : '已创建。', true);
  const desk = document.createElement('a');
  desk.href = '/desk/';
  desk.textContent = english ? 'Sign in' : '去登录';
  outcome.append(desk);
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const unreachable = english ? 'The server cannot be reached. Try again.' : '连接不上服务器，请重试。';
  submit().catch(() => tell(unreachable, false));
});
