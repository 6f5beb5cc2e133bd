"""What the bash script does: the same text for every draft, whose values stand before it.

It keeps to what POSIX knows: macOS has bash 3.2 and BSD's tools. Each call of the AWS CLI stands
in a condition of its own, since ``set -e`` is off within one. Documents are compared by the AWS
CLI itself (JMESPath's ``==``), so that only a key policy needs a tool that can write JSON.

Sources: AWS CLI User Guide, "Structured error output" (the format is asked for), "Using the
pagination options" (AWS_PAGER; ``--output text`` filters page by page), "Auto-prompt"; macOS's
``/usr/bin/python3`` is a stub that opens a dialog where the command line tools are not installed.
"""

from typing import Final

OPENING: Final = r"""#!/usr/bin/env bash
# Sets up UbiQuity's access to Amazon S3 in one AWS account: an IAM role, a policy and, for
# encrypted buckets, a statement in the policy of the KMS key. Made by ubiquity-s3-setup.
#
#   bash set-up-ubiquity.sh            shows what it will do, asks, and does it
#   bash set-up-ubiquity.sh --check    shows what is there, and changes nothing
#   bash set-up-ubiquity.sh --help     tells the other options
#
# It may be run again at any time: what is there already is left as it is.
case "$(head -n 1 "$0" 2>/dev/null)" in *"$(printf '\r')") printf '%s\n' "The line ends of this file were changed on its way (CRLF). Mend it with:  tr -d '\\r' <\"$0\" >mended.sh   and run:  bash mended.sh" >&2; exit 2 ;; esac # one line, for its own end
set -u
"""  # noqa: E501 - a line of the script that has to stay one
"""How the script begins."""

MERGING: Final = r"""
# The key policy with our statement added, or why not. Two tools say the same in the same way:
# "there" (nothing to do), "taken" (another statement has our name), or the whole policy.
write_merging() {
    cat >"$folder/merge.jq" <<'END_OF_JQ'
def texts: if type == "array" then . else [.] end;
def grants:
  ((keys - ["Sid", "Effect", "Principal", "Action", "Resource"]) == [])
  and .Effect == "Allow"
  and (.Principal | type) == "object"
  and ((.Principal.AWS // []) | texts | index($ours.Principal.AWS)) != null
  and ((.Resource // []) | texts) == ["*"]
  and (((.Action // []) | texts | map(ascii_downcase)) as $actions
    | ($actions | index("kms:*")) != null
      or (($ours.Action | map(ascii_downcase)) - $actions) == []);
if any(.Statement | texts | .[]; grants) then "there"
elif any(.Statement | texts | .[]; .Sid == $ours.Sid) then "taken"
else .Statement = ((.Statement | texts) + [$ours])
end
END_OF_JQ
    cat >"$folder/merge.py" <<'END_OF_PYTHON'
import json, sys

def texts(value):
    return value if isinstance(value, list) else [value]

def grants(statement):
    principal = statement.get("Principal")
    actions = [action.lower() for action in texts(statement.get("Action", []))]
    return (
        not set(statement) - {"Sid", "Effect", "Principal", "Action", "Resource"}
        and statement.get("Effect") == "Allow"
        and isinstance(principal, dict)
        and ours["Principal"]["AWS"] in texts(principal.get("AWS", []))
        and texts(statement.get("Resource", [])) == ["*"]
        and ("kms:*" in actions or not {a.lower() for a in ours["Action"]} - set(actions))
    )

ours = json.loads(sys.argv[1])
policy = json.loads(sys.stdin.buffer.read().decode("utf-8"))
statements = texts(policy["Statement"])
if any(grants(each) for each in statements):
    answer = "there"
elif any(each.get("Sid") == ours["Sid"] for each in statements):
    answer = "taken"
else:
    policy["Statement"] = statements + [ours]
    answer = policy
json.dump(answer, sys.stdout, separators=(",", ":"))
END_OF_PYTHON
}

# On a Mac without its developer tools python3 is a stub that opens a dialog: it is not touched.
has_python() {
    found=$(command -v python3) || return 1
    if [ "$found" = /usr/bin/python3 ] && [ "$(uname -s)" = Darwin ]; then
        xcode-select -p >/dev/null 2>&1 || return 1
    fi
    python3 -c 'import json' >/dev/null 2>&1
}

merge() {
    ours=$(cat "$folder/statement.json")
    if printf '{}' | jq . >/dev/null 2>&1; then
        jq -c --argjson ours "$ours" "$(cat "$folder/merge.jq")" <"$1" >"$2" 2>"$folder/error"
    elif has_python; then
        python3 "$folder/merge.py" "$ours" <"$1" >"$2" 2>"$folder/error"
    else
        return 1
    fi
}
"""
"""How a key policy gets the statement."""

PROGRAM: Final = r"""
say() { printf '%s\n' "$*"; }

usage() {
    say "Usage: bash set-up-ubiquity.sh [--check] [--yes] [--profile NAME] [--boundary ARN]"
    say "  --check          shows what is there and what is to be done, and changes nothing"
    say "  --yes            does not ask before it begins"
    say "  --profile NAME   signs in with that profile of the AWS CLI"
    say "  --boundary ARN   the permissions boundary that your organisation wants on a role"
    say "It ends with 0 where all that it sets up is as it should be, 1 where something is left"
    say "to do or was refused, and 2 where it was called wrongly."
}

stop() {
    say "" >&2
    say "Stopped: $1" >&2
    shift
    for line in "$@"; do say "$line" >&2; done
    if [ -n "$done_so_far" ]; then
        say "Done before that:$done_so_far. It stays, and running this script again goes on." >&2
    elif [ "$changing" = no ]; then
        say "Nothing was changed." >&2
    else
        say "Nothing before that was changed." >&2
    fi
    exit 1
}

ask_aws() {
    if [ -n "$profile" ]; then set -- "$@" --profile "$profile"; fi
    aws "$@" >"$folder/answer" 2>"$folder/error" </dev/null
}

error_code() {
    sed -n 's/.*An error occurred (\([A-Za-z0-9._]*\)).*/\1/p' "$folder/error" | head -n 1
}

error_text() { LC_ALL=C tr -cd '\11\12\40-\176' <"$folder/error" | sed '/^[[:space:]]*$/d'; }

# refused WHAT WHO: tells why the last call failed, and who can help.
refused() {
    case $(error_code) in
    AccessDenied | AccessDeniedException)
        stop "AWS refused to $1 (signin.not-allowed)." "$(error_text)" \
            "Ask $2 for the permissions in permissions-to-run.json, which came with this" \
            "script, or to run it. If AWS speaks of an explicit deny or of a service control" \
            "policy, only whoever looks after your organisation can change that." ;;
    ExpiredToken* | RequestExpired | InvalidClientTokenId | UnrecognizedClientException | \
        NoCredentials | NoCredentialsError | AuthFailure | SignatureDoesNotMatch)
        stop "AWS does not accept the sign-in, or it has ended." "$(error_text)" \
            "Sign in again (aws login, aws sso login, or a new CloudShell), then run this again." ;;
    LimitExceeded*)
        stop "the AWS account has no room for more (change.limit)." "$(error_text)" \
            "Ask $2 to make room, then run this again." ;;
    *) not_answered "$@" ;;
    esac
}

# The same where it is the AWS CLI's own words, without a code of AWS's.
not_answered() {
    case $(error_text) in
    *"ocate credentials"* | *expired* | *SSO*)
        stop "the AWS CLI is not signed in, or no longer." "$(error_text)" \
            "Sign in (aws login, or aws sso login), then run this again. Where you use a profile," \
            "add --profile NAME." ;;
    *)
        stop "the AWS CLI could not $1." "$(error_text)" \
            "If that is about the network or the sign-in, mend it and run this again." \
            "Otherwise ask $2." ;;
    esac
}

# patiently ARGUMENTS: asks again while AWS does not know yet what was made a moment ago.
patiently() {
    tries=15
    while ! ask_aws "$@"; do
        case $(error_code) in
        NoSuchEntity | MalformedPolicyDocumentException) [ "$role_is_new" = yes ] || return 1 ;;
        *) return 1 ;;
        esac
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || return 1
        sleep 2
    done
}

look_at_caller() {
    command -v aws >/dev/null 2>&1 ||
        stop "the AWS CLI is not installed on this computer." \
            "Install it (https://aws.amazon.com/cli/), or run this in AWS CloudShell, which has it."
    ask_aws sts get-caller-identity --region us-east-1 \
        --query '[Account, Arn]' --output text ||
        refused "tell who is signed in" "$admin"
    read -r signed_in_account caller <"$folder/answer"
    say "Signed in as $caller"
    [ "$signed_in_account" = "$account" ] ||
        stop "this sign-in is for AWS account $signed_in_account, and UbiQuity is to be set up" \
            "in account $account (signin.wrong-account). Sign in to that one, then run this again."
    case $caller in
    arn:aws:*) ;;
    *) stop "this sign-in is for AWS in China or AWS GovCloud, where UbiQuity is not" \
        "(signin.wrong-partition). Sign in to an ordinary AWS account, then run this again." ;;
    esac
}

# report WORD WHAT STATE
report() { printf '  %-8s %s\n           %s\n' "$1" "$2" "$3"; }

conflict() {
    report "$1" "$2" "STANDS IN THE WAY: $3"
    conflicts=$((conflicts + 1))
}

look_at_role() {
    role_state=missing arn=''
    if ask_aws iam get-role --role-name "$role_name" --region us-east-1 --output text \
        --query "[Role.Arn, Role.PermissionsBoundary.PermissionsBoundaryArn, $(
            cat "$folder/same-trust"
        )]"; then
        role_state=there
        read -r arn bound same <"$folder/answer"
        if [ "$arn" != "$role_arn" ]; then
            conflict role "$role_name" "it is $arn, and UbiQuity may assume no other than
           $role_arn (role.path)"
        elif [ "$same" != True ]; then
            conflict role "$role_name" "its trust policy is not the one below: it may be somebody's"
        elif [ "$bound" != "${boundary:-None}" ]; then
            conflict role "$role_name" "its permissions boundary is $bound, not
           ${boundary:-None}. A boundary may keep UbiQuity out (role.boundary): where this one is
           meant, say so with --boundary ARN"
        else
            report role "$role_name" "is there, with the right trust policy"
        fi
    elif [ "$(error_code)" = NoSuchEntity ]; then
        report role "$role_name" "WILL BE MADE, with the trust policy below${boundary:+
           and the permissions boundary $boundary}"
        to_do=$((to_do + 1))
    else
        refused "read the role $role_name" "$admin"
    fi
}

look_at_policy() {
    policy_state=missing
    if ask_aws iam get-policy --policy-arn "$policy_arn" --region us-east-1 \
        --query Policy.DefaultVersionId --output text; then
        policy_state=there
        version=$(cat "$folder/answer")
        ask_aws iam get-policy-version --policy-arn "$policy_arn" --version-id "$version" \
            --region us-east-1 --query "$(cat "$folder/same-permissions")" --output text ||
            refused "read the policy $policy_name" "$admin"
        if [ "$(cat "$folder/answer")" = True ]; then
            report policy "$policy_name" "is there, with the right text"
        else
            conflict policy "$policy_name" "it has another text than the one below: other buckets
           or somebody's additions may be in it"
        fi
    elif [ "$(error_code)" != NoSuchEntity ]; then
        refused "read the policy $policy_name" "$admin"
    else
        look_for_namesake
    fi
}

# A policy of that name under a path: AWS makes no second one.
look_for_namesake() {
    ask_aws iam list-policies --scope Local --region us-east-1 --output text \
        --query "Policies[?PolicyName=='$policy_name'].Arn" ||
        refused "look for the policy $policy_name" "$admin"
    namesake=$(sed -n '/^arn:/p' "$folder/answer" | head -n 1)
    if [ -n "$namesake" ]; then
        policy_state=there
        conflict policy "$policy_name" "it stands under a path, as $namesake"
    else
        report policy "$policy_name" "WILL BE MADE, with the text below"
        to_do=$((to_do + 1))
    fi
}

look_at_attachment() {
    attached=no
    if [ "$role_state" = there ] && [ "$arn" = "$role_arn" ]; then
        ask_aws iam list-attached-role-policies --role-name "$role_name" --region us-east-1 \
            --query 'AttachedPolicies[].PolicyArn' --output text ||
            refused "read which policies the role has" "$admin"
        case " $(tr '\t\n' '  ' <"$folder/answer") " in *" $policy_arn "*) attached=yes ;; esac
    fi
    if [ "$attached" = yes ]; then
        report attached "$policy_name" "is attached to the role"
    else
        report attached "$policy_name" "WILL BE ATTACHED to the role"
        to_do=$((to_do + 1))
    fi
}

# look_at_key NUMBER ARN REGION OWNER
look_at_key() {
    if [ "$4" != "$account" ]; then
        report key "$2" "BELONGS TO ACCOUNT $4: whoever looks after it there has to add the
           statement below (kms.other-account)"
        by_hand=$((by_hand + 1))
        return
    fi
    read_key "$2" "$3" "$folder/key$1.json"
    if ! merge "$folder/key$1.json" "$folder/merged$1.json"; then
        report key "$2" "THE STATEMENT BELOW IS TO BE LOOKED FOR BY HAND in its key policy: there is
           neither jq nor python3 here to do it with"
        by_hand=$((by_hand + 1))
        return
    fi
    case $(head -c 8 "$folder/merged$1.json") in
    '"there"') report key "$2" "its key policy lets the role use it" ;;
    '"taken"') conflict key "$2" "its key policy has another statement of the name
           $statement_sid (kms.decrypt-denied)" ;;
    '{'*)
        report key "$2" "THE STATEMENT BELOW WILL BE ADDED to its key policy; all others stay"
        to_do=$((to_do + 1)) ;;
    *) stop "the policy of the key $2 could not be read." "$(error_text)" ;;
    esac
}

# read_key ARN REGION FILE
read_key() {
    ask_aws kms get-key-policy --key-id "$1" --policy-name default --region "$2" \
        --query Policy --output text ||
        refused "read the policy of the key $1" "whoever looks after that key"
    cat "$folder/answer" >"$3"
}

look() {
    conflicts=0 to_do=0 by_hand=0
    look_at_role
    look_at_policy
    look_at_attachment
    while read -r number arn region owner; do
        [ -z "$arn" ] || look_at_key "$number" "$arn" "$region" "$owner"
    done <"$folder/keys"
}

show() {
    say ""
    say "The trust policy of the role, which lets UbiQuity in, and nobody else:"
    cat "$folder/trust.json"
    say "The policy, which says what UbiQuity may do:"
    cat "$folder/permissions.json"
    if [ "$has_keys" = yes ]; then
        say "The statement for the key policy:"
        cat "$folder/statement.json"
    fi
    say ""
}

# The hard stops, before anything is changed
refuse_conflicts() {
    [ "$conflicts" = 0 ] || stop "something is there already that this script does not change." \
        "Use the program ubiquity-s3-setup, which can add to what is there, or ask $admin."
}

make_role() {
    [ "$role_state" = missing ] || return 0
    set -- --role-name "$role_name" --region us-east-1 \
        --assume-role-policy-document "file://$folder/trust.json" \
        --description "$description"
    [ -z "$boundary" ] || set -- "$@" --permissions-boundary "$boundary"
    ask_aws iam create-role "$@" || refused "make the role $role_name" "$admin"
    role_is_new=yes
    made "the role"
}

make_policy() {
    [ "$policy_state" = missing ] || return 0
    ask_aws iam create-policy --policy-name "$policy_name" --region us-east-1 \
        --policy-document "file://$folder/permissions.json" --description "$description" ||
        refused "make the policy $policy_name" "$admin"
    made "the policy"
}

attach() {
    [ "$attached" = no ] || return 0
    patiently iam attach-role-policy --role-name "$role_name" --policy-arn "$policy_arn" \
        --region us-east-1 || refused "attach the policy to the role" "$admin"
    made "the attachment"
}

# make_key NUMBER ARN REGION: compares before it writes, so that no one's change is lost.
make_key() {
    [ -f "$folder/merged$1.json" ] || return 0
    case $(head -c 1 "$folder/merged$1.json") in '{') ;; *) return 0 ;; esac
    read_key "$2" "$3" "$folder/now.json"
    cmp -s "$folder/key$1.json" "$folder/now.json" ||
        stop "somebody changed the policy of the key $2 meanwhile (change.conflict)." \
            "Look at it, then run this again."
    patiently kms put-key-policy --key-id "$2" --policy-name default --region "$3" \
        --policy "file://$folder/merged$1.json" ||
        refused "change the policy of the key $2" "whoever looks after that key"
    made "the statement for the key"
}

made() {
    done_so_far="$done_so_far${done_so_far:+,} $1"
    say "Made: $1"
}

ask() {
    [ "$yes" = no ] || return 0
    printf 'Do what is written above in AWS account %s? Type yes or no: ' "$account"
    answer=
    read -r answer || say ""
    case $answer in [Yy] | [Yy][Ee][Ss]) ;; *) say "Nothing was changed."; exit 1 ;; esac
}

# The proof: AWS is read again until it tells what was made, for it may take a few seconds.
prove() {
    rounds=10
    while :; do
        (look) >"$folder/proof" 2>&1 || { cat "$folder/proof"; exit 1; }
        case $(cat "$folder/proof") in *WILL\ BE* | *"IN THE WAY"*) ;; *) break ;; esac
        rounds=$((rounds - 1))
        [ "$rounds" -gt 0 ] ||
            stop "AWS does not show all that was made." "$(cat "$folder/proof")" \
                "Wait a minute, then run this again with --check."
        sleep 2
    done
    say "Read again from AWS:"
    cat "$folder/proof"
}

finish() {
    say ""
    if [ "$by_hand" != 0 ]; then
        say "One thing is left to be done by hand: in the AWS console, KMS, the key named above,"
        say "Key policy, Edit: add the statement above to the list \"Statement\", change nothing"
        say "else, and save. Then all is done."
        exit 1
    fi
    say "All that this script sets up is as it should be. It does not look at the buckets, nor"
    say "for what else may keep UbiQuity out: Check in ubiquity-s3-setup does."
    say "Send this back to whoever gave you the script:"
    say "  $role_arn"
}

main() {
    yes=no check=no profile='' boundary='' done_so_far='' changing=no role_is_new=no
    admin="whoever looks after AWS account $account"
    while [ $# -gt 0 ]; do
        case $1 in
        --yes | -y) yes=yes ;;
        --check) check=yes ;;
        --profile | --boundary)
            [ $# -gt 1 ] && [ -n "$2" ] || { usage >&2; exit 2; }
            if [ "$1" = --profile ]; then profile=$2; else boundary=$2; fi
            shift ;;
        --help | -h) usage; exit 0 ;;
        *) usage >&2; exit 2 ;;
        esac
        shift
    done
    export AWS_PAGER='' AWS_CLI_AUTO_PROMPT=off AWS_CLI_ERROR_FORMAT=legacy
    umask 077
    folder=$(mktemp -d "${TMPDIR:-/tmp}/ubiquity.XXXXXX") || exit 1
    trap 'rm -rf "$folder"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' HUP TERM
    write_documents
    write_merging
    look_at_caller
    say ""
    look
    show
    if [ "$to_do" = 0 ] && [ "$conflicts" = 0 ]; then
        finish
        exit 0
    fi
    if [ "$check" = yes ]; then
        say "Nothing was changed. $to_do to do, $by_hand by hand, $conflicts in the way."
        exit 1
    fi
    refuse_conflicts
    ask
    changing=yes
    make_role
    make_policy
    attach
    while read -r number arn region owner; do
        [ -z "$arn" ] || make_key "$number" "$arn" "$region"
    done <"$folder/keys"
    prove
    finish
    exit 0
}

main "$@"
"""
"""The rest of the script. It runs only once it has come whole: its last line calls it."""
