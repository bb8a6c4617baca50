'use strict';
const COLORS = { success: 0x2eb67d, failure: 0xe01e5a, info: 0x36c5f0 };

async function post(url, body) {
  for (let attempt = 0; ; attempt++) {
    const res = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    if (res.status === 429 && attempt < 3) { await new Promise((r) => setTimeout(r, Number(res.headers.get('retry-after') || 1) * 1000)); continue; }
    if (!res.ok) throw new Error(`webhook responded ${res.status}: ${(await res.text()).slice(0, 200)}`);
    return;
  }
}

const senders = {
  slack: (c, m) => post(c.url, { channel: c.channel, attachments: [{ color: '#' + COLORS[m.status].toString(16).padStart(6, '0'), title: m.title, title_link: m.link, text: m.text, fields: m.fields.map(([title, value]) => ({ title, value, short: true })) }] }),
  discord: (c, m) => post(c.url, { username: c.username || 'Build Bot', embeds: [{ title: m.title, url: m.link, description: m.text, color: COLORS[m.status], fields: m.fields.map(([name, value]) => ({ name, value, inline: true })), timestamp: new Date().toISOString() }] }),
  teams: (c, m) => post(c.url, { '@type': 'MessageCard', summary: m.title, themeColor: COLORS[m.status].toString(16), title: m.title, text: m.text, sections: [{ facts: m.fields.map(([name, value]) => ({ name, value })) }] }),
  telegram: (c, m) => post(`${c.apiRoot || 'https://api.telegram.example.test'}/bot${c.token}/sendMessage`, { chat_id: c.chatId, parse_mode: 'HTML', text: `<b>${m.title}</b>\n${m.text}\n${m.fields.map(([k, v]) => `${k}: <code>${v}</code>`).join('\n')}` }),
};

function fromCI(env = process.env) {
  if (env.GITHUB_ACTIONS) return { title: `${env.GITHUB_WORKFLOW} #${env.GITHUB_RUN_NUMBER}`, link: `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}/actions/runs/${env.GITHUB_RUN_ID}`, fields: [['Repository', env.GITHUB_REPOSITORY], ['Ref', env.GITHUB_REF_NAME], ['Actor', env.GITHUB_ACTOR], ['Commit', (env.GITHUB_SHA || '').slice(0, 7)]] };
  if (env.GITLAB_CI) return { title: `${env.CI_PROJECT_NAME} #${env.CI_PIPELINE_IID}`, link: env.CI_PIPELINE_URL, fields: [['Ref', env.CI_COMMIT_REF_NAME], ['Author', env.CI_COMMIT_AUTHOR], ['Commit', env.CI_COMMIT_SHORT_SHA]] };
  return { title: 'Build', fields: [] };
}

module.exports = async function notify(config, message = {}) {
  const m = { status: 'info', text: '', ...fromCI(), ...message };
  const results = await Promise.allSettled(Object.entries(config).filter(([k]) => senders[k]).map(([k, c]) => senders[k](c, m)));
  const errors = results.filter((r) => r.status === 'rejected').map((r) => r.reason);
  if (errors.length) throw new AggregateError(errors, errors.map((e) => e.message).join('; '));
};
module.exports.fromCI = fromCI;
