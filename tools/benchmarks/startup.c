/* The least a program can do: what is left is its start and end. */
int main(void)
{
	return 0;
}
