#!/usr/bin/env node
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { z } from "zod";

const BASE = process.env.CONTEXTDOCS_API_URL ?? "https://contextdocs.example.test/api/v1";
const clients = {
    cursor: () => path.join(os.homedir(), ".cursor", "mcp.json"),
    claude: () => process.platform === "darwin"
        ? path.join(os.homedir(), "Library", "Application Support", "Claude", "claude_desktop_config.json")
        : path.join(process.env.APPDATA ?? path.join(os.homedir(), ".config"), "Claude", "claude_desktop_config.json"),
    windsurf: () => path.join(os.homedir(), ".codeium", "windsurf", "mcp_config.json"),
};

function install(client, apiKey) {
    const file = clients[client]();
    const config = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : {};
    config.mcpServers = { ...config.mcpServers, contextdocs: { command: "npx", args: ["-y", "contextdocs-mcp"], env: apiKey ? { CONTEXTDOCS_API_KEY: apiKey } : undefined } };
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, JSON.stringify(config, null, 2));
    console.log(`Added contextdocs to ${file}. Restart the application.`);
}

async function search(query) {
    const headers = { "x-source": "mcp-server" };
    if (process.env.CONTEXTDOCS_API_KEY) headers.authorization = `Bearer ${process.env.CONTEXTDOCS_API_KEY}`;
    const res = await fetch(`${BASE}/search?query=${encodeURIComponent(query)}`, { headers });
    if (res.status === 429) return { error: "Rate limited. Please try again later." };
    return res.json();
}

const [cmd, client] = process.argv.slice(2);
if (cmd === "install") {
    install(client, process.env.CONTEXTDOCS_API_KEY);
}
else {
    const server = new McpServer({ name: "contextdocs", version: "1.0.14" });
    server.tool("resolve-library-id", "Resolves a package name to a library ID. You MUST call this function before 'get-library-docs'.", { libraryName: z.string() }, async ({ libraryName }) => ({ content: [{ type: "text", text: JSON.stringify(await search(libraryName)) }] }));
    server.tool("get-library-docs", "Fetches up-to-date documentation for a library.", { id: z.string(), tokens: z.number().default(10000) }, async ({ id, tokens }) => {
        const res = await fetch(`${BASE}/${id}?tokens=${tokens}&type=txt`);
        return { content: [{ type: "text", text: await res.text() }] };
    });
    await server.connect(new StdioServerTransport());
    console.error("contextdocs MCP server running on stdio");
}
