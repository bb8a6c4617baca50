-- Drives one editing session and writes what Neovim saw of it as JSON to $SEEN.

local command = vim.json.decode(vim.env.DEPHYGIENE)
vim.cmd.edit('package.json')
local buffer = vim.api.nvim_get_current_buf()
local id = vim.lsp.start({ name = 'dephygiene', cmd = command, root_dir = vim.fn.getcwd() })
local client = assert(vim.lsp.get_client_by_id(id))

local function codes()
  return vim.tbl_map(function(item)
    return item.code
  end, vim.diagnostic.get(buffer))
end

local function wait_for(what, condition)
  assert(vim.wait(20000, condition, 10), what)
end

wait_for('the misspelt name is reported', function()
  return vim.tbl_contains(codes(), 'typosquat-name')
end)
local diagnostics = vim.diagnostic.get(buffer)

local document = { uri = vim.uri_from_bufnr(buffer) }
local inside = { line = 3, character = 6 }
local hover = client.request_sync('textDocument/hover', { textDocument = document, position = inside }, 20000, buffer)
local actions = client.request_sync('textDocument/codeAction', {
  textDocument = document,
  range = { start = inside, ['end'] = inside },
  context = { diagnostics = {} },
}, 20000, buffer)
local titles, rename = {}, nil
for _, action in ipairs(actions.result) do
  table.insert(titles, action.title)
  if action.title:find('"lodash"', 1, true) and not rename then
    rename = action
  end
end
vim.lsp.util.apply_workspace_edit(rename.edit, client.offset_encoding)
wait_for('the finding goes away', function()
  return not vim.tbl_contains(codes(), 'typosquat-name')
end)

local lines = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
local seen = vim.json.encode({
  diagnostics = vim.tbl_map(function(item)
    return { code = item.code, lnum = item.lnum, col = item.col, end_col = item.end_col, source = item.source }
  end, diagnostics),
  hover = hover.result.contents.value,
  titles = titles,
  after = codes(),
  text = table.concat(lines, '\n') .. '\n',
})
local file = assert(io.open(vim.env.SEEN, 'w'))
file:write(seen)
file:close()
client.stop(true)
vim.cmd('qall!')
