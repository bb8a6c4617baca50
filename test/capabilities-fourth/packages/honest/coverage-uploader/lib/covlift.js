var fs = require('fs');
var path = require('path');
var url = require('url');
var https = require('https');
var child = require('child_process');

var version = 'v' + require('../package.json').version;
var skip = new Set(['node_modules', '.git', '.nyc_output', 'bower_components']);
var patterns = /^(coverage.*\.(xml|json)|lcov\.info|cobertura.*\.xml|jacoco.*\.xml|clover\.xml)$/;

function detect(env) {
  if (env.TRAVIS === 'true') return { service: 'travis-org', commit: env.TRAVIS_COMMIT, build: env.TRAVIS_JOB_NUMBER, branch: env.TRAVIS_BRANCH, job: env.TRAVIS_JOB_ID, pr: env.TRAVIS_PULL_REQUEST, slug: env.TRAVIS_REPO_SLUG, root: env.TRAVIS_BUILD_DIR };
  if (env.GITHUB_ACTIONS) return { service: 'github-actions', commit: env.GITHUB_SHA, build: env.GITHUB_RUN_ID, branch: (env.GITHUB_HEAD_REF || env.GITHUB_REF || '').replace('refs/heads/', ''), slug: env.GITHUB_REPOSITORY };
  if (env.CIRCLECI) return { service: 'circleci', commit: env.CIRCLE_SHA1, build: env.CIRCLE_BUILD_NUM, branch: env.CIRCLE_BRANCH, slug: env.CIRCLE_PROJECT_USERNAME + '/' + env.CIRCLE_PROJECT_REPONAME };
  return {};
}

function find(dir, out) {
  fs.readdirSync(dir).forEach(function (name) {
    if (skip.has(name)) return;
    var full = path.join(dir, name);
    var st = fs.lstatSync(full);
    if (st.isDirectory()) find(full, out);
    else if (patterns.test(name)) out.push(full);
  });
  return out;
}

exports.upload = function (argv) {
  var token = process.env.COVLIFT_TOKEN || process.env.covlift_token;
  var tokenFlag = argv.indexOf('-t');
  if (tokenFlag >= 0) token = argv[tokenFlag + 1];
  var query = detect(process.env);
  query.commit = query.commit || child.execSync('git rev-parse HEAD || hg id -i --debug | tr -d \'+\'').toString().trim();
  query.branch = query.branch || child.execSync('git rev-parse --abbrev-ref HEAD').toString().trim();
  query.package = 'node-' + version;
  if (token) query.token = token;
  var root = query.root || process.cwd();
  var body = child.execSync('git ls-files').toString() + '\n<<<<<< network\n';
  var envs = (process.env.COVLIFT_ENV || '').split(',').filter(Boolean);
  if (envs.length) body += envs.map(function (e) { return e + '=' + process.env[e]; }).join('\n') + '\n<<<<<< ENV\n';
  find(root, []).forEach(function (f) {
    console.log('    + ' + f);
    body += '# path=' + path.relative(root, f) + '\n' + fs.readFileSync(f, 'utf8') + '\n<<<<<< EOF\n';
  });
  var endpoint = url.parse((process.env.COVLIFT_URL || 'https://covlift.example.test') + '/upload/v2');
  endpoint.query = query;
  var target = url.parse(url.format({ protocol: endpoint.protocol, host: endpoint.host, pathname: endpoint.pathname, query: query }));
  var req = https.request({ hostname: target.hostname, port: target.port, path: target.path, method: 'POST', headers: { 'Content-Type': 'text/plain', 'Content-Length': Buffer.byteLength(body), Accept: 'text/plain' } }, function (res) {
    var text = '';
    res.on('data', function (c) { text += c; });
    res.on('end', function () {
      if (res.statusCode >= 400) { console.error('Error uploading to covlift: ' + text); process.exitCode = 1; } else console.log('Report will be available at: ' + text);
    });
  });
  req.on('error', function (e) { console.error(e.message); process.exitCode = 1; });
  req.end(body);
};
