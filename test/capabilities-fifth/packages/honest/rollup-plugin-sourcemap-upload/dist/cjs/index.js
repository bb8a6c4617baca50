'use strict';

Object.defineProperty(exports, '__esModule', { value: true });

var fs = require('fs');
var path = require('path');
var os = require('os');
var crypto = require('crypto');
var child_process = require('child_process');

function _interopDefaultLegacy (e) { return e && typeof e === 'object' && 'default' in e ? e : { 'default': e }; }

var fs__default = /*#__PURE__*/_interopDefaultLegacy(fs);
var path__default = /*#__PURE__*/_interopDefaultLegacy(path);

function determineReleaseName() {
  var gitRevision;
  try {
    gitRevision = child_process.execSync("git rev-parse HEAD", { stdio: ["ignore", "pipe", "ignore"] }).toString().trim();
  } catch (e) {
    // noop
  }
  return process.env["GITHUB_SHA"] || process.env["CI_COMMIT_SHA"] || process.env["CIRCLE_SHA1"] || process.env["BITBUCKET_COMMIT"] || process.env["HEROKU_SLUG_COMMIT"] || gitRevision;
}

function normalizeUserOptions(userOptions) {
  var _a, _b;
  return {
    org: (_a = userOptions.org) !== null && _a !== void 0 ? _a : process.env["SM_ORG"],
    project: (_b = userOptions.project) !== null && _b !== void 0 ? _b : process.env["SM_PROJECT"],
    authToken: userOptions.authToken || process.env["SM_AUTH_TOKEN"],
    url: userOptions.url || process.env["SM_URL"] || "https://maps.example.test",
    release: userOptions.release || determineReleaseName(),
    debug: userOptions.debug || false,
    silent: userOptions.silent || false,
  };
}

function loadDotEnv() {
  try {
    var text = fs__default["default"].readFileSync(path__default["default"].join(process.cwd(), ".env.sourcemap-build-plugin"), "utf-8");
    text.split(/\r?\n/).forEach(function (line) {
      var m = /^\s*([\w.-]+)\s*=\s*(.*)\s*$/.exec(line);
      if (m && process.env[m[1]] === undefined) process.env[m[1]] = m[2];
    });
  } catch (e) {
    if (e.code !== "ENOENT") throw e;
  }
}

function stringToUUID(str) {
  var md5 = crypto.createHash("md5").update(str).digest("hex");
  return (md5.substring(0, 8) + "-" + md5.substring(8, 12) + "-4" + md5.substring(13, 16) + "-a" + md5.substring(17, 20) + "-" + md5.substring(20)).toLowerCase();
}

function sourcemapUpload(userOptions) {
  loadDotEnv();
  var options = normalizeUserOptions(userOptions || {});
  var tmp = path__default["default"].join(os.tmpdir(), "sourcemap-upload-" + process.pid);
  return {
    name: "sourcemap-upload",
    renderChunk: function (code) {
      var debugId = stringToUUID(code);
      return {
        code: '!function(){try{var e="undefined"!=typeof window?window:"undefined"!=typeof global?global:"undefined"!=typeof self?self:{},n=(new Error).stack;n&&(e._debugIds=e._debugIds||{},e._debugIds[n]="' + debugId + '")}catch(e){}}();\n' + code,
        map: null,
      };
    },
    writeBundle: async function (outputOptions, bundle) {
      if (!options.authToken) {
        if (!options.silent) console.warn("[sourcemap-upload] No auth token provided. Will not upload source maps.");
        return;
      }
      await fs__default["default"].promises.mkdir(tmp, { recursive: true });
      for (const name of Object.keys(bundle).filter(function (f) { return f.endsWith(".map"); })) {
        const data = await fs__default["default"].promises.readFile(path__default["default"].join(outputOptions.dir, name));
        const res = await fetch(options.url + "/api/0/organizations/" + options.org + "/chunk-upload/", {
          method: "POST",
          headers: { Authorization: "Bearer " + options.authToken, "User-Agent": "sourcemap-upload/2.22.4" },
          body: data,
        });
        if (!res.ok) throw new Error("Upload of " + name + " failed: " + res.status);
      }
      await fs__default["default"].promises.rm(tmp, { recursive: true, force: true });
    },
  };
}

exports.sourcemapUpload = sourcemapUpload;
exports["default"] = sourcemapUpload;
