const COLORS = { success: 0x2eb67d, failure: 0xe01e5a, cancelled: 0x9e9e9e };

export function ciContext(env = process.env) {
	if (env.GITHUB_ACTIONS) {
		return {
			repo: env.GITHUB_REPOSITORY, branch: env.GITHUB_REF_NAME, sha: env.GITHUB_SHA, actor: env.GITHUB_ACTOR,
			url: `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}/actions/runs/${env.GITHUB_RUN_ID}`,
		};
	}

	if (env.GITLAB_CI) {
		return {repo: env.CI_PROJECT_PATH, branch: env.CI_COMMIT_REF_NAME, sha: env.CI_COMMIT_SHA, actor: env.GITLAB_USER_LOGIN, url: env.CI_PIPELINE_URL};
	}

	return {repo: 'local', branch: '', sha: '', actor: env.USER, url: ''};
}

const post = async (url, body) => {
	for (let i = 0; i < 3; i++) {
		const r = await fetch(url, {method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify(body)});
		if (r.ok) return;
		if (r.status !== 429) throw new Error(`Webhook answered ${r.status}`);
		await new Promise(f => setTimeout(f, (Number(r.headers.get('retry-after')) || 1) * 1000));
	}
};

export async function discord(webhook, {status, title, ctx = ciContext()}) {
	const u = new URL(webhook);
	if (!/\/api\/webhooks\/\d+\/[\w-]+/.test(u.pathname)) throw new Error('Not a Discord webhook URL');
	await post(webhook, {
		username: 'CI',
		embeds: [{
			title: title ?? `${ctx.repo}: ${status}`, url: ctx.url || undefined, color: COLORS[status],
			fields: [{name: 'Branch', value: ctx.branch || '-', inline: true}, {name: 'Commit', value: (ctx.sha || '-').slice(0, 7), inline: true}, {name: 'By', value: ctx.actor || '-', inline: true}],
			timestamp: new Date().toISOString(),
		}],
	});
}

export async function slack(webhook, {status, title, ctx = ciContext()}) {
	await post(webhook, {
		attachments: [{
			color: '#' + COLORS[status].toString(16).padStart(6, '0'),
			blocks: [{type: 'section', text: {type: 'mrkdwn', text: `*${title ?? ctx.repo}* ${status}\n<${ctx.url}|View run> on \`${ctx.branch}\``}}],
		}],
	});
}

export async function telegram({token, chatId, host = 'https://api.telegram.example.test'}, {status, title, ctx = ciContext()}) {
	await post(`${host}/bot${token}/sendMessage`, {chat_id: chatId, parse_mode: 'HTML', disable_web_page_preview: true, text: `<b>${title ?? ctx.repo}</b> ${status}\n<a href="${ctx.url}">Run</a> (${ctx.branch})`});
}
