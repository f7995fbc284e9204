// Windows has no file to install: what to enter in PowerShell, for Task Scheduler (nothing else needed) and for NSSM (a real
// entry among the services).
import { SERVICE_TITLE, type ServicePlan } from "./service-plan.ts";
import { powerShellText as text, windowsArguments } from "./windows-quote.ts";

const TASK = "Aventora Gateway";
const SERVICE = "AventoraGateway";

export function windowsNotes(plan: ServicePlan): string {
  const [node = "", ...rest] = plan.command;
  const line = windowsArguments(rest);
  return `# ${SERVICE_TITLE} on Windows. Enter these lines in PowerShell${plan.ofUser ? "" : ", opened with “Run as administrator”"}.
# A command-line program cannot answer the service manager, so “sc.exe create” alone would end with error 1053. Choose A or B.

# First: the folders, and the key that opens the gateway's keys, readable by ${plan.ofUser ? "you" : "the service"} alone.
${prepare(plan)}

# A. With Task Scheduler; nothing else to install.
$action = New-ScheduledTaskAction -Execute ${text(node)} -Argument ${text(line)}
$trigger = New-ScheduledTaskTrigger ${plan.ofUser ? "-AtLogOn -User $env:USERNAME" : "-AtStartup"}
$principal = New-ScheduledTaskPrincipal ${principal(plan)}
$settings = New-ScheduledTaskSettingsSet -ExecutionTimeLimit ([TimeSpan]::Zero) -RestartCount 999 -RestartInterval (New-TimeSpan -Minutes 1) -MultipleInstances IgnoreNew -StartWhenAvailable -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries
Register-ScheduledTask -TaskName ${text(TASK)} -Action $action -Trigger $trigger -Principal $principal -Settings $settings
Start-ScheduledTask -TaskName ${text(TASK)}
# Stop and remove:
#   Stop-ScheduledTask -TaskName ${text(TASK)}; Unregister-ScheduledTask -TaskName ${text(TASK)}
${plan.ofUser ? "" : nssm(plan, node, line)}`;
}

function principal(plan: ServicePlan): string {
  if (plan.runAs === null) return "-UserId $env:USERNAME -LogonType Interactive -RunLevel Limited";
  return `-UserId ${text(plan.runAs)} -LogonType ServiceAccount -RunLevel Limited`;
}

function prepare({ dataDir, vaultKeyFile, runAs }: ServicePlan): string {
  const who = runAs === null ? "$env:USERNAME" : text(runAs);
  const folder = vaultKeyFile.slice(0, vaultKeyFile.lastIndexOf("\\"));
  return `foreach ($folder in ${text(dataDir)}, ${text(folder)}) {
  New-Item -ItemType Directory -Force -Path $folder | Out-Null
  icacls $folder /inheritance:r /grant:r '*S-1-5-32-544:(OI)(CI)F' ($(${who}) + ':(OI)(CI)M') | Out-Null
}
if (-not (Test-Path -LiteralPath ${text(vaultKeyFile)})) {
  $bytes = New-Object byte[] 32
  [Security.Cryptography.RandomNumberGenerator]::Create().GetBytes($bytes)
  [IO.File]::WriteAllText(${text(vaultKeyFile)}, [BitConverter]::ToString($bytes).Replace('-', ''))
}`;
}

/** NSSM keeps the command line in the registry, where it needs no further quoting. */
const nssm = (plan: ServicePlan, node: string, line: string): string => `
# B. As a service, with NSSM (nssm.cc), which answers the service manager for the gateway.
nssm install ${SERVICE} ${text(node)}
$parameters = 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\${SERVICE}\\Parameters'
Set-ItemProperty -LiteralPath $parameters -Name AppParameters -Value ${text(line)}
Set-ItemProperty -LiteralPath $parameters -Name AppDirectory -Value ${text(plan.dataDir)}
# Ctrl+C is how the gateway is told to stop; it needs five seconds at most.
nssm set ${SERVICE} AppStopMethodConsole 15000
nssm set ${SERVICE} DisplayName ${text(SERVICE_TITLE)}
nssm set ${SERVICE} ObjectName ${text(plan.runAs ?? "")}
nssm set ${SERVICE} Start SERVICE_DELAYED_AUTO_START
sc.exe failure ${SERVICE} reset= 86400 actions= restart/10000/restart/10000/restart/60000
Start-Service ${SERVICE}
# Stop and remove:
#   Stop-Service ${SERVICE}; nssm remove ${SERVICE} confirm
`;
