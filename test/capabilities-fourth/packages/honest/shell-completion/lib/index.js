const fs = require('fs');
const os = require('os');
const path = require('path');
const { installer } = require('./installer');

const SHELL_CONFIG = { bash: '~/.bashrc', zsh: '~/.zshrc', fish: '~/.config/fish/config.fish' };

exports.install = async function install({ name, completer = name, shell = path.basename(process.env.SHELL || 'bash') }) {
  const rc = SHELL_CONFIG[shell].replace('~', os.homedir());
  const dir = path.join(os.homedir(), '.config', 'tabcomplete');
  fs.mkdirSync(dir, { recursive: true });
  const script = path.join(dir, `${name}.${shell}`);
  fs.writeFileSync(script, installer(shell, name, completer));
  const line = `[ -f ${script} ] && . ${script} || true`;
  const current = fs.existsSync(rc) ? fs.readFileSync(rc, 'utf8') : '';
  if (current.includes(line)) return console.log('=> Tabcomplete line already exists in %s', rc);
  fs.appendFileSync(rc, `\n# tabcomplete source for packages\n# uninstall by removing this line\n${line}\n`);
  console.log('=> Added tabcomplete source line in "%s" file', rc);
};

exports.uninstall = async function uninstall({ name, shell = 'bash' }) {
  const rc = SHELL_CONFIG[shell].replace('~', os.homedir());
  const text = fs.readFileSync(rc, 'utf8').split('\n').filter((l) => !l.includes(`tabcomplete/${name}.`) && !/tabcomplete source|uninstall by removing/.test(l)).join('\n');
  fs.writeFileSync(rc, text);
};

exports.parseEnv = (env) => ({ complete: Boolean(env.COMP_CWORD && env.COMP_LINE), words: Number(env.COMP_CWORD || 0), point: Number(env.COMP_POINT || 0), line: env.COMP_LINE || '', lastPartial: (env.COMP_LINE || '').split(' ').pop() });
exports.log = (args) => args.forEach((a) => console.log(typeof a === 'string' ? a : a.name));
