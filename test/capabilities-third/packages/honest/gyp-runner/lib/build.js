'use strict'
const fs = require('fs')
const os = require('os')
const path = require('path')
const crypto = require('crypto')
const { Readable } = require('stream')
const { spawn, execFile, execFileSync } = require('child_process')

const exec = (cmd, args) => new Promise((resolve, reject) => execFile(cmd, args, { env: { ...process.env, TERM: 'dumb' }, windowsHide: true }, (e, out) => (e ? reject(e) : resolve(out.trim()))))

async function findPython () {
  const places = [process.env.npm_config_python, process.env.PYTHON, 'python3', 'python']
  if (process.platform === 'win32') {
    for (const key of ['HKLM\\Software\\Python\\PythonCore', 'HKCU\\Software\\Python\\PythonCore']) {
      const out = await exec('reg', ['query', key, '/s', '/v', 'ExecutablePath']).catch(() => '')
      places.push((/REG_SZ\s+(.*)$/m.exec(out) || [])[1])
    }
  }
  for (const place of places.filter(Boolean)) {
    const v = await exec(place, ['-c', 'import sys; print("%s.%s.%s" % sys.version_info[:3]);']).catch(() => null)
    if (v) return place
  }
  throw new Error('Could not find any Python installation to use')
}

async function install (version) {
  const devDir = path.join(process.env.npm_config_devdir || path.join(os.homedir(), '.cache', 'gyp-runner'), version)
  if (fs.existsSync(path.join(devDir, 'installVersion'))) return devDir
  const dist = process.env.npm_config_disturl || process.env.NODEJS_ORG_MIRROR || 'https://nodejs.example.test/dist'
  const sums = await (await fetch(`${dist}/v${version}/SHASUMS256.txt`)).text()
  const name = `node-v${version}-headers.tar.gz`
  const expected = sums.split('\n').find((l) => l.endsWith(name)).split(/\s+/)[0]
  const res = await fetch(`${dist}/v${version}/${name}`)
  if (!res.ok) throw new Error(`${res.status} response downloading ${res.url}`)
  const data = Buffer.from(await res.arrayBuffer())
  const actual = crypto.createHash('sha256').update(data).digest('hex')
  if (actual !== expected) throw new Error(`${name} local checksum ${actual} not match remote ${expected}`)
  fs.mkdirSync(devDir, { recursive: true })
  const tar = spawn('tar', ['xz', '--strip', '1', '-C', devDir])
  await new Promise((resolve, reject) => Readable.from(data).pipe(tar.stdin).on('close', resolve).on('error', reject))
  fs.writeFileSync(path.join(devDir, 'installVersion'), '11\n')
  return devDir
}

async function build (nodeDir, argv) {
  const python = await findPython()
  execFileSync(python, [path.join(__dirname, '..', 'gyp', 'gyp_main.py'), 'binding.gyp', '-f', process.platform === 'win32' ? 'msvs' : 'make', `-Dnode_root_dir=${nodeDir}`, `-Dmodule_root_dir=${process.cwd()}`], { stdio: 'inherit' })
  const make = process.env.MAKE || 'make'
  const child = spawn(make, ['BUILDTYPE=Release', '-C', 'build', ...argv], { stdio: 'inherit' })
  return new Promise((resolve, reject) => child.on('exit', (code) => (code ? reject(new Error(`\`${make}\` failed with exit code: ${code}`)) : resolve())))
}

module.exports = { findPython, install, build }
