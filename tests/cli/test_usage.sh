# Everything that can be typed wrongly: exit code 2, the argument repeated back, and the nearest word that is known.
. "$(dirname "$0")/cli_test.sh"

check no_verb
check unknown_verb rnu base.yaml
check unknown_verb_far teleport
check unknown_option clean --jsn folder
check unknown_option_before_verb --jsn clean folder
check unknown_short_option clean -x folder
check option_of_another_verb clean folder --messy
check option_of_another_verb_before_it --messy clean folder
check missing_argument clean
check one_argument_too_many clean one two
check missing_value clean folder --out
check missing_value_before_option clean --out --json folder
check empty_value clean folder --out=
check flag_with_value clean folder --json=yes
check date_of_no_day clean folder --extract 31/09/2012
check date_of_no_form clean folder --extract=yesterday
check words_only clean -- --json extra
check version --version
check version_of_a_verb clean --version
check help --help
check help_short -h
check help_clean clean --help
check help_before_verb --help clean
expect "no argument prints nothing to standard output" test -z "$("$PLACECAST" 2>/dev/null)"
expect "nothing is made by a misuse" test -z "$(ls)"
finish
