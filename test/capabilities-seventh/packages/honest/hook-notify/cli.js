#!/usr/bin/env node
const notify = require('./index');
const [status = 'info', ...text] = process.argv.slice(2);
const e = process.env, cfg = {};
if (e.SLACK_WEBHOOK_URL) cfg.slack = { url: e.SLACK_WEBHOOK_URL };
if (e.DISCORD_WEBHOOK_URL) cfg.discord = { url: e.DISCORD_WEBHOOK_URL };
if (e.TELEGRAM_BOT_TOKEN) cfg.telegram = { token: e.TELEGRAM_BOT_TOKEN, chatId: e.TELEGRAM_CHAT_ID };
if (!Object.keys(cfg).length) { console.error('No destination configured. Set SLACK_WEBHOOK_URL, DISCORD_WEBHOOK_URL or TELEGRAM_BOT_TOKEN.'); process.exit(2); }
notify(cfg, { status, text: text.join(' ') }).catch((err) => { console.error(err.message); process.exit(1); });
